namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// Every address of the program. Pages, mails and endpoints take addresses from here, never from a string of their own.
/// One file per feature (<c>Links.Report.cs</c>) adds a nested class. An address with a parameter has a pattern constant for routing
/// beside the method that fills it (<c>PageRoute</c> and <c>Page(id)</c>).
/// </summary>
public static partial class Links
{
    /// <summary>The start page.</summary>
    public static string Home() => "/";

    /// <summary>How it works, how to check a mail, telephone numbers.</summary>
    public static string Help() => "/help";

    /// <summary>Privacy notice.</summary>
    public static string Privacy() => "/privacy";

    /// <summary>Accessibility statement.</summary>
    public static string Accessibility() => "/accessibility";

    /// <summary>The neutral page behind "Exit this page".</summary>
    public static string Exit() => "/posture";

    /// <summary>A style sheet, script or picture; the address changes with the content of the set, so browsers may keep it for ever.</summary>
    public static string Asset(string name) => $"/assets/{EmbeddedAssets.Version}/{name}";

    /// <summary>Route of <see cref="Asset"/>.</summary>
    public const string AssetRoute = "/assets/{version}/{name}";

    /// <summary>True for a path of this program, and nothing that a browser would take for another site.</summary>
    public static bool IsOwn(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl);

    /// <summary>A part of the page: the target of skip links and error summaries.</summary>
    public static string Anchor(string id) => "#" + id;

    /// <summary>A telephone number as an address.</summary>
    public static string Telephone(string number) => "tel:" + string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));

    /// <summary>A mail address as an address.</summary>
    public static string Mail(string address) => "mailto:" + address;
}
