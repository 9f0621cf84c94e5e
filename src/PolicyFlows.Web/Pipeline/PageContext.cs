using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Info;

namespace PolicyFlows.Web.Pipeline;

/// <summary>What stands around every page. Feature code implements it; the foundation has a plain one for pages without people and for errors.</summary>
public interface IPageChrome
{
    /// <summary>Describes the surroundings of the page being rendered.</summary>
    ValueTask<PageContext> DescribeAsync(HttpContext context, CancellationToken cancellation = default);
}

/// <summary>The surroundings of a page; cascaded to every component.</summary>
public sealed record PageContext
{
    private const string Unnamed = "PolicyFlows";

    /// <summary>Name of the trust, in header and footer.</summary>
    public string TrustName { get; init; } = Unnamed;

    /// <summary>The trust as it stands in a sentence, also before it has a name.</summary>
    public string TrustInSentence => HasTrustName ? TrustName : "the trust";

    /// <summary>Whether the surroundings know the trust.</summary>
    public bool HasTrustName => !string.Equals(TrustName, Unnamed, StringComparison.Ordinal);

    /// <summary>Who is signed in, if anyone.</summary>
    public SignedInPerson? Person { get; init; }

    /// <summary>Links below the header, for this person.</summary>
    public IReadOnlyList<NavigationItem> Navigation { get; init; } = [];

    /// <summary>The banner of a demonstration; null in real use.</summary>
    public DemonstrationBannerModel? Demonstration { get; init; }

    /// <summary>The durations that the information pages promise.</summary>
    public Durations Durations { get; init; } = new();

    /// <summary>Telephone numbers of help from outside, the trust's own list or the one that comes with the program.</summary>
    public IReadOnlyList<Helpline> Helplines { get; init; } = KnownHelplines.All;

    /// <summary>Whom to ask about the program, once the trust has set it.</summary>
    public AdministratorContact? Administrator { get; init; }

    /// <summary>Path of the page being shown.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The token that the forms of this page carry. Set by the pipeline.</summary>
    public string FormToken { get; init; } = "";
}

/// <summary>The person whose session this is.</summary>
/// <param name="School">School or trust in whose name the person acts, as shown.</param>
/// <param name="SignOutAction">Where the "sign out" button posts.</param>
public sealed record SignedInPerson(string Name, string School, string SignOutAction);

/// <summary>A link of the navigation.</summary>
/// <param name="Current">This page, or a page below it.</param>
/// <param name="Count">Shown beside the text (open tasks), with <paramref name="CountMeaning"/> for screen readers.</param>
public sealed record NavigationItem(string Text, string Href, bool Current = false, int? Count = null, string? CountMeaning = null);

/// <summary>What the banner of a demonstration says and offers.</summary>
/// <param name="BusinessTime">The movable time in words, with the zone.</param>
/// <param name="MoveAction">Where the clock buttons post.</param>
/// <param name="MoveField">Name of the buttons' field.</param>
/// <param name="Moves">The buttons: value and text ("1 hour").</param>
/// <param name="Links">Mailbox, sign in as, and so on.</param>
public sealed record DemonstrationBannerModel(
    string BusinessTime, string MoveAction, string MoveField, IReadOnlyList<ClockMove> Moves, IReadOnlyList<NavigationItem> Links);

/// <summary>A step by which the demonstration's clock can be moved.</summary>
/// <param name="Text">"12 hours".</param>
/// <param name="Short">"12 h", shown instead so that all steps stand in one row.</param>
public sealed record ClockMove(string Value, string Text, string? Short = null);

/// <summary>Surroundings with nobody in them: before a feature describes more, and when describing fails.</summary>
public sealed class PlainPageChrome : IPageChrome
{
    /// <inheritdoc />
    public ValueTask<PageContext> DescribeAsync(HttpContext context, CancellationToken cancellation = default) => new(new PageContext());
}
