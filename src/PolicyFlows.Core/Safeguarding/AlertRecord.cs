using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.Safeguarding;

/// <summary>The case row of a safeguarding concern (clauses 6, 7). It holds what was said until the lead officer has it; their own record system takes over.</summary>
public sealed record AlertRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Type, shared with <see cref="CaseCommon"/>.</summary>
    public CaseType Type { get; init; } = CaseType.Safeguarding;

    /// <summary>Reference and partition, "SG-7K3M9QRS".</summary>
    public required string Reference { get; init; }

    /// <summary>School, shared with <see cref="CaseCommon"/>.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Named people, shared with <see cref="CaseCommon"/>.</summary>
    public IReadOnlyList<string> NamedPersonIds { get; init; } = [];

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>True when it was sent in school hours.</summary>
    public bool InSchoolHours { get; init; }

    /// <summary>SHA-256 of the code that opens the sender's page.</summary>
    public required string ReceiptHash { get; init; }

    /// <summary>The incident in whose report it began, or null.</summary>
    public string? FromIncident { get; init; }

    /// <summary>Id of the one task: someone has it.</summary>
    public const string TaskId = "acknowledge-1";
}

/// <summary>The three fields of the form.</summary>
public sealed record AlertStory(string Who, string What, string DangerNow)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}
