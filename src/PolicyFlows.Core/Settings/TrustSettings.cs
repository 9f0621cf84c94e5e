namespace PolicyFlows.Core.Settings;

/// <summary>All settings of a trust, one stored record. Schools may differ where <see cref="SchoolOverrides"/> has a value.</summary>
public sealed record TrustSettings
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Name shown on every page and mail.</summary>
    public required string TrustName { get; init; }

    /// <summary>Every duration, trust values. Workflows use <see cref="For"/>.</summary>
    public Durations Durations { get; init; } = new();

    /// <summary>Differences by school id.</summary>
    public IReadOnlyDictionary<string, SchoolOverrides> Overrides { get; init; } = new Dictionary<string, SchoolOverrides>(StringComparer.Ordinal);

    /// <summary>Children's services outside office hours, shown on a safeguarding page. Clause 7.1.</summary>
    public required Helpline ChildrensServicesOutOfHours { get; init; }

    /// <summary>Support for staff and children, shown on confirmation and help pages. Clause 9.6.</summary>
    public IReadOnlyList<Helpline> Helplines { get; init; } = [];

    /// <summary>School hours in term.</summary>
    public SchoolHours SchoolHours { get; init; } = new(new TimeOnly(8, 0), new TimeOnly(16, 0));

    /// <summary>Stretches of open days.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>Bank holidays of England and Wales.</summary>
    public IReadOnlyList<BankHoliday> BankHolidays { get; init; } = [];

    /// <summary>Who is told when mail cannot be delivered or something needs setting, and whom a lost person asks.</summary>
    public required AdministratorContact Administrator { get; init; }

    /// <summary>The policy this trust works by.</summary>
    public required PolicyFacts Policy { get; init; }

    /// <summary>Durations that count for a school; the trust's own for null or a school without overrides.</summary>
    public Durations For(string? schoolId) => OverridesOf(schoolId) is { } own ? own.Over(Durations) : Durations;

    /// <summary>Terms that count for a school.</summary>
    public IReadOnlyList<Term> TermsOf(string? schoolId) => OverridesOf(schoolId)?.Terms ?? Terms;

    /// <summary>School hours that count for a school.</summary>
    public SchoolHours HoursOf(string? schoolId) => OverridesOf(schoolId)?.SchoolHours ?? SchoolHours;

    /// <summary>Out-of-hours children's services of a school's council.</summary>
    public Helpline ChildrensServicesOf(string? schoolId) => OverridesOf(schoolId)?.ChildrensServicesOutOfHours ?? ChildrensServicesOutOfHours;

    private SchoolOverrides? OverridesOf(string? schoolId) => schoolId is null ? null : Overrides.GetValueOrDefault(schoolId);
}

/// <summary>How to reach the administrator without the program.</summary>
public sealed record AdministratorContact(string Name, string Email, string Telephone);
