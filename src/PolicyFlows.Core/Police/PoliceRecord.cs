namespace PolicyFlows.Core.Police;

/// <summary>What the member of staff answered. Never assumed.</summary>
public enum ConsentAnswer { Yes, YesWithoutName, No, TalkFirst }

/// <summary>Telling the police about a threat (clause 9.5).</summary>
public sealed record PoliceRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Round of asking; grows after a talk.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Newest answer, or null while it is waited for.</summary>
    public ConsentAnswer? Consent { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When a "yes" was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Crime reference or log number.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>When it was reported to the police.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>Nothing more is to be done.</summary>
    public bool Done { get; init; }

    /// <summary>Id of its orchestration.</summary>
    public static string InstanceId(string caseId) => $"{caseId}.police";
}
