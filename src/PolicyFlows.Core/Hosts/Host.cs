namespace PolicyFlows.Core.Hosts;

/// <summary>A site, app or network that carries content, as administrators keep it.</summary>
public sealed record Host
{
    /// <summary>Id of the host that stands for every site nobody has entered.</summary>
    public const string UnknownId = "unknown";

    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Short id, for example <c>instagram</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name as shown.</summary>
    public required string Name { get; init; }

    /// <summary>Other and former names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Host names it owns, also those of its short links; sub-domains belong to them.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Whether it still exists under this name.</summary>
    public HostStatus Status { get; init; }

    /// <summary>Ways to ask it for something, the general one first.</summary>
    public IReadOnlyList<HostRoute> Routes { get; init; } = [];

    /// <summary>What to capture before asking for removal.</summary>
    public IReadOnlyList<string> CaptureHints { get; init; } = [];

    /// <summary>Content vanishes by itself: capture first.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Shows little without an account: a person has to check a removal.</summary>
    public bool LoginWall { get; init; }

    /// <summary>Helpers with a line to this host: <c>posh</c>, <c>rhc</c>.</summary>
    public IReadOnlyList<string> HelperRoutes { get; init; } = [];

    /// <summary>What a filer should know.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The route for a ground: the one made for it, else the general one. A message, a call, or a group that has no address can be
    /// reported only by somebody who received it (scenario 8), whatever the host says elsewhere.
    /// </summary>
    public HostRoute RouteFor(Ground ground, TargetKind kind = TargetKind.Page, bool hasAddress = true) => HostRoutes.Choose(this, ground, kind, hasAddress);
}

/// <summary>One way to ask a host for something.</summary>
public sealed record HostRoute
{
    /// <summary>What it is for.</summary>
    public required RoutePurpose Purpose { get; init; }

    /// <summary>Where it starts; null when it starts in the app or nobody knows an address.</summary>
    public string? Url { get; init; }

    /// <summary>How it is reached.</summary>
    public RouteChannel Channel { get; init; }

    /// <summary>Who may file.</summary>
    public Filer Filer { get; init; }

    /// <summary>Needs an account there.</summary>
    public bool AccountNeeded { get; init; }

    /// <summary>Asks for an identity document, which goes from the person to the host and never to us.</summary>
    public bool IdNeeded { get; init; }

    /// <summary>What the form asks for, in words.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = [];

    /// <summary>Usual time to an answer, hours; null when nobody knows.</summary>
    public int? ExpectedHours { get; init; }

    /// <summary>Where a refusal is appealed.</summary>
    public string? AppealUrl { get; init; }

    /// <summary>When a person last opened it; null means not checked yet, which the filer is told.</summary>
    public DateOnly? LastCheckedOn { get; init; }

    /// <summary>How sure the source is.</summary>
    public Confidence Confidence { get; init; } = Confidence.Low;

    /// <summary>What a filer should know.</summary>
    public string? Note { get; init; }

    /// <summary>True when nobody has opened it yet, or not for so long.</summary>
    public bool NeedsCheck(DateOnly today, TimeSpan every) => LastCheckedOn is not { } last || today.DayNumber - last.DayNumber > every.TotalDays;
}
