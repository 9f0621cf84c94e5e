using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// Style sheets, scripts and pictures from the assembly. Their address carries a hash of the whole set, so that a script may import its
/// neighbour by relative name and browsers may keep everything for ever.
/// </summary>
public static class EmbeddedAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>Hash of the set, part of every asset's address.</summary>
    public static string Version { get; } = HashOfAll();

    /// <summary>Names of all assets.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>The text of an asset, for tests.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(All[name].Bytes);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Links.AssetRoute, (string version, string name, HttpContext context) => ServeAsync(version, name, context))
            .WithMetadata(ImmutableContent.Instance);

    private static async Task ServeAsync(string version, string name, HttpContext context)
    {
        var response = context.Response;
        if (!string.Equals(version, Version, StringComparison.Ordinal) || !All.TryGetValue(name, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A shared style sheet is no secret, so compressing it tells an eavesdropper nothing; pages are never compressed.
        var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var bytes = brotli ? asset.Brotli.Value : asset.Bytes;
        response.ContentType = asset.MediaType;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (brotli)
        {
            response.Headers.ContentEncoding = "br";
        }

        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(EmbeddedAssets).Assembly;
        var all = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            all[resource[Prefix.Length..]] = new Asset(memory.ToArray(), MediaTypes[Path.GetExtension(resource)]);
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string HashOfAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, asset) in All.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(asset.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private sealed class Asset(byte[] bytes, string mediaType)
    {
        public byte[] Bytes { get; } = bytes;

        public string MediaType { get; } = mediaType;

        public Lazy<byte[]> Brotli { get; } = new(() =>
        {
            using var memory = new MemoryStream();
            using (var brotli = new BrotliStream(memory, CompressionLevel.Optimal))
            {
                brotli.Write(bytes);
            }

            return memory.ToArray();
        });
    }
}

/// <summary>Marks the one endpoint whose answers may be cached.</summary>
internal sealed class ImmutableContent
{
    public static readonly ImmutableContent Instance = new();
}
