using Azure.Core;
using Azure.Storage.Blobs;

namespace PolicyFlows.Storage.Blobs;

/// <summary>A blob account as a setting names it: its https address, used with the caller's identity, or a connection string. Shows its address, never a key.</summary>
public sealed class BlobAccount
{
    private readonly string setting;
    private readonly Uri? address;

    private BlobAccount(string setting, Uri? address, Uri service)
    {
        this.setting = setting;
        this.address = address;
        Service = service;
    }

    /// <summary>Address of the account's blob service. No secret.</summary>
    public Uri Service { get; }

    /// <summary>True when the setting is a connection string, which as a rule holds a key.</summary>
    public bool HoldsKey => address is null;

    /// <summary>Reads a setting.</summary>
    /// <param name="name">What the setting is called, for the message.</param>
    /// <exception cref="EvidencePlaceException">It is neither; the message names the setting, never its value.</exception>
    public static BlobAccount Read(string name, string value)
    {
        if (AsAddress(value) is { } address)
        {
            // A signature in the address would be a secret where none is looked for.
            if (address.Query.Length > 0 || address.UserInfo.Length > 0) throw new EvidencePlaceException($"{name} takes the address of an account without anything behind a question mark.");
            return new(value, address, new Uri(address.GetLeftPart(UriPartial.Path)));
        }

        try
        {
            return new(value, null, new BlobServiceClient(value).Uri);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or InvalidOperationException)
        {
            // Without the cause: its words may hold a part of the value.
            throw new EvidencePlaceException($"{name} is neither the https address of a storage account nor a connection string.");
        }
    }

    /// <summary>A container of the account.</summary>
    public BlobContainerClient Container(string name, TokenCredential credential) =>
        (address is not null ? new BlobServiceClient(address, credential) : new BlobServiceClient(setting)).GetBlobContainerClient(name);

    /// <summary>A container given by its own address (of which anything behind the container is left out), or by an account and a name.</summary>
    public static BlobContainerClient ContainerAt(string setting, string place, string name, TokenCredential credential) =>
        AsAddress(place) is { } address && new BlobUriBuilder(address) is { BlobContainerName.Length: > 0 } parts
            ? new BlobContainerClient(new BlobUriBuilder(address) { BlobContainerName = parts.BlobContainerName, BlobName = "" }.ToUri(), credential)
            : Read(setting, place).Container(name, credential);

    /// <summary>The address; no key.</summary>
    public override string ToString() => Service.ToString();

    private static Uri? AsAddress(string value) =>
        value.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(value, UriKind.Absolute, out var address) ? address : null;
}
