namespace PolicyFlows.Core.Hosts;

/// <summary>What a request to a host is written from. It has no field for anybody's name: the person affected appears by role only.</summary>
public sealed record NoticeFacts
{
    /// <summary>Our reference, asked for in the answer.</summary>
    public required string Reference { get; init; }

    /// <summary>The school, which is the sender.</summary>
    public required string SchoolName { get; init; }

    /// <summary>The trust the school belongs to.</summary>
    public required string TrustName { get; init; }

    /// <summary>In what capacity the sender writes, for example "senior manager".</summary>
    public required string SenderCapacity { get; init; }

    /// <summary>Address of the school for the answer.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>The person affected by role, for example "a teacher at the school".</summary>
    public string Affected { get; init; } = "a member of our staff";

    /// <summary>What the target is.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Addresses as captured; may be empty for a chat or a call.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Handle, group name, number or id there.</summary>
    public string? Handle { get; init; }

    /// <summary>Where on the page: a time stamp, a comment id.</summary>
    public string? WhereOnPage { get; init; }

    /// <summary>When it was last seen.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Why it is to go.</summary>
    public required Ground Ground { get; init; }

    /// <summary>What is asked for.</summary>
    public WantedOutcome Wanted { get; init; }

    /// <summary>For <see cref="WantedOutcome.Amend"/>: the change that is asked for.</summary>
    public string? AmendTo { get; init; }

    /// <summary>When the text is written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Time asked for, from <see cref="WrittenAt"/>. Clause 9.3.</summary>
    public TimeSpan AskedFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Copies are kept by the school.</summary>
    public bool CopiesKept { get; init; } = true;

    /// <summary>SHA-256 of the kept copies; the copies themselves are not sent.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Crime or incident number, where the police have it.</summary>
    public string? PoliceReference { get; init; }
}

/// <summary>What was asked before a hosting provider is turned to. Clause 9.4.</summary>
/// <param name="HostName">The site or platform asked first.</param>
/// <param name="HostReference">Its reference, if it gave one.</param>
/// <param name="StillThereAt">When a person last found the item still there.</param>
public sealed record EarlierRequest(string HostName, DateTimeOffset SentAt, string? HostReference, DateTimeOffset StillThereAt);

/// <summary>A text to paste or send.</summary>
public sealed record NoticeText(string Subject, string Body);
