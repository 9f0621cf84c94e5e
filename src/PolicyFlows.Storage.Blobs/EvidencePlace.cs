using Azure.Core;

namespace PolicyFlows.Storage.Blobs;

/// <summary>Where evidence lies on Azure Blob Storage: the account for evidence of cases, and the one for what nobody has decided about.</summary>
public sealed class EvidencePlace
{
    /// <summary>Setting of the evidence account.</summary>
    public const string EvidenceSetting = "PolicyFlows__Evidence";

    /// <summary>Setting of the quarantine account.</summary>
    public const string QuarantineSetting = "PolicyFlows__Quarantine";

    private readonly BlobAccount evidence;
    private readonly BlobAccount quarantine;

    private EvidencePlace(BlobAccount evidence, BlobAccount quarantine)
    {
        this.evidence = evidence;
        this.quarantine = quarantine;
        Name = $"{Container(evidence, EvidenceBlobs.EvidenceContainer)} {Container(quarantine, EvidenceBlobs.QuarantineContainer)}";
    }

    /// <summary>Addresses of both containers: the same for everyone who names the same place, with whichever key or identity. No secret.</summary>
    public string Name { get; }

    /// <summary>Reads the two settings; without one for the quarantine it lies in the evidence account, in a container of its own.</summary>
    /// <returns>Null when there is no evidence account: evidence lies elsewhere.</returns>
    /// <exception cref="EvidencePlaceException">A setting cannot be understood; the message never holds its value.</exception>
    public static EvidencePlace? Read(string? evidence, string? quarantine)
    {
        if (string.IsNullOrEmpty(evidence))
            return string.IsNullOrEmpty(quarantine) ? null : throw new EvidencePlaceException($"{QuarantineSetting} is set and {EvidenceSetting} is not. Set both, or neither.");
        var account = BlobAccount.Read(EvidenceSetting, evidence);
        return new(account, string.IsNullOrEmpty(quarantine) ? account : BlobAccount.Read(QuarantineSetting, quarantine));
    }

    /// <summary>The store, with its containers still to be looked at (<see cref="EvidenceBlobs.EnsureAsync"/>).</summary>
    public EvidenceBlobs Open(TokenCredential credential, TimeProvider time) =>
        new(quarantine.Container(EvidenceBlobs.QuarantineContainer, credential), evidence.Container(EvidenceBlobs.EvidenceContainer, credential), time);

    /// <summary>The addresses; no key.</summary>
    public override string ToString() => Name;

    private static string Container(BlobAccount account, string name) => $"{account.Service.ToString().TrimEnd('/')}/{name}";
}

/// <summary>A place for evidence that cannot be used as it is; the message says what to do and holds no secret.</summary>
public sealed class EvidencePlaceException(string message) : Exception(message);
