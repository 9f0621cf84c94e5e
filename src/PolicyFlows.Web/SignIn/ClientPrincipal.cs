using System.Text.Json;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Reads the principal that App Service authentication writes (JSON in base64: auth_typ and claims of typ and val). Claims come under their
/// short names or under the long ones of older tokens.
/// </summary>
internal static class ClientPrincipal
{
    /// <summary>More than Kestrel takes of all headers together: what is longer was not written by the platform.</summary>
    public const int Longest = 32 * 1024;

    private const int LongestName = 120;
    private const string Microsoft = "http://schemas.microsoft.com/identity/claims/", Xml = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        [Microsoft + "objectidentifier"] = "oid", [Microsoft + "tenantid"] = "tid", [Microsoft + "identityprovider"] = "idp", [Xml + "upn"] = "upn",
        [Xml + "emailaddress"] = "email", ["http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"] = "groups",
    };

    /// <summary>The account.</summary>
    /// <param name="header">Values of the header.</param>
    /// <exception cref="PrincipalRefusedException">It is not one, or not of the trust's tenant.</exception>
    public static WorkAccount Read(IReadOnlyList<string?> header, Guid tenant)
    {
        var claims = Claims(header);
        if (Id(One("tid")) != tenant) throw new PrincipalRefusedException("It is of another tenant.");
        if (Id(One("oid")) is not { } account) throw new PrincipalRefusedException("It has no object id.");
        var (upn, preferred) = (One("upn"), One("preferred_username"));
        // Mail addresses are the account's own words unless the trust's tenant has verified their domain.
        var email = One("xms_edov") is { } verified && (verified == "1" || verified.Equals("true", StringComparison.OrdinalIgnoreCase)) ? One("email") : null;
        return new(account, Shown(preferred ?? upn ?? One("name")))
        {
            Addresses = IsGuest() ? [] : [.. new[] { upn, preferred, email }.OfType<string>().Where(a => a.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)],
            GroupIds = claims["groups"].Select(Id).OfType<Guid>().ToHashSet(),
            // Too many to be named: the token says where they could be asked for instead.
            GroupsKnown = !claims.Any(c => c.Key is "_claim_names" or "_claim_sources" or "hasgroups" || c.Key.StartsWith("groups:", StringComparison.Ordinal)),
        };

        string? One(string name) => claims[name].Distinct(StringComparer.Ordinal).ToList() switch
        {
            [] => null,
            [var value] => value,
            _ => throw new PrincipalRefusedException($"It says {name} twice."),
        };

        bool IsGuest() => One("acct") == "1" || new[] { upn, preferred }.Any(name => name?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) == true)
            || (One("idp") is { } home && !IsOwn(home, tenant));
    }

    private static ILookup<string, string> Claims(IReadOnlyList<string?> header)
    {
        if (header is not [{ } text]) throw new PrincipalRefusedException("There are two of it.");
        if (text.Length > Longest) throw new PrincipalRefusedException("It is too long.");
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) throw new PrincipalRefusedException("It is not base64.");
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            if (json.RootElement.GetProperty("auth_typ").GetString() != "aad") throw new PrincipalRefusedException("It is not of Entra ID.");
            return json.RootElement.GetProperty("claims").EnumerateArray()
                .Select(claim => (Type: claim.GetProperty("typ").GetString() ?? "", Value: claim.GetProperty("val").GetString() ?? ""))
                .ToLookup(claim => ShortNames.GetValueOrDefault(claim.Type, claim.Type), claim => claim.Value, StringComparer.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new PrincipalRefusedException("It cannot be read.", unreadable);
        }
    }

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) && id != Guid.Empty ? id : null;

    /// <summary>The two ways in which Entra names a tenant as the home of an account.</summary>
    private static bool IsOwn(string home, Guid tenant) => home.TrimEnd('/').ToUpperInvariant() is var address
        && (address == $"https://sts.windows.net/{tenant}".ToUpperInvariant() || address == $"https://login.microsoftonline.com/{tenant}/v2.0".ToUpperInvariant());

    private static string Shown(string? name)
    {
        var clean = new string([.. (name ?? "").Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
        return clean.Length == 0 ? "an account without a name" : clean;
    }
}

/// <summary>A principal that cannot be believed. The message says why and nothing of what it says.</summary>
internal sealed class PrincipalRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
