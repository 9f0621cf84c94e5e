using System.Globalization;

namespace PolicyFlows.Core.Hosts;

/// <summary>Reads addresses as people paste them.</summary>
internal static class AddressReading
{
    private const int Longest = 2048;

    // Parameters that say where a reader came from, not what the page shows.
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "igsh", "igshid", "mibextid", "mc_cid", "mc_eid",
        "ref_src", "ref_url", "rdt_cid", "li_fat_id", "_ga", "_gl", "__tn__", "__cft__[0]", "__xts__[0]",
    };

    // The same, but only on these sites; elsewhere so short a name may choose the page.
    private static readonly (string Site, string[] Names)[] TrackingOn =
    [
        ("youtube.com", ["si", "feature", "pp"]), ("youtu.be", ["si", "feature"]), ("x.com", ["s", "t"]), ("twitter.com", ["s", "t"]),
        ("instagram.com", ["hl"]), ("tiktok.com", ["_r", "_t", "is_from_webapp", "sender_device"]), ("reddit.com", ["share_id"]),
    ];

    public static (TargetAddress? Address, AddressRefusal? Refusal) Read(string? entered)
    {
        var text = entered?.Trim() ?? "";
        if (text.Length == 0)
        {
            return (null, AddressRefusal.Empty);
        }

        if (text.Length > Longest)
        {
            return (null, AddressRefusal.TooLong);
        }

        if (text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
        {
            return (null, AddressRefusal.NotAnAddress);
        }

        var withScheme = HasScheme(text) ? text : "https://" + text.TrimStart('/');
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var uri))
        {
            return (null, AddressRefusal.NotAnAddress);
        }

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            return (null, AddressRefusal.NotTheWeb);
        }

        if (uri.UserInfo.Length > 0)
        {
            return (null, AddressRefusal.HasCredentials);
        }

        var host = uri.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (uri.HostNameType == UriHostNameType.Dns && (!host.Contains('.', StringComparison.Ordinal) || host.StartsWith('.')))
        {
            return (null, AddressRefusal.NotAnAddress);
        }

        var port = uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(CultureInfo.InvariantCulture);
        var shownHost = uri.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host;
        var normalised = $"{uri.Scheme}://{shownHost}{port}{uri.AbsolutePath}{Query(uri.Query, host)}{Fragment(uri.Fragment)}";
        return (new TargetAddress(text, normalised, host, Display(host)), null);
    }

    // "example.org:8080/x" has a port, "javascript:alert(1)" a scheme: a scheme is what is not a host name with a dot before the colon.
    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || text.AsSpan(0, colon).IndexOfAny("/?#[") >= 0)
        {
            return false;
        }

        var before = text[..colon];
        return text.AsSpan(colon).StartsWith("://", StringComparison.Ordinal)
            || !before.Contains('.', StringComparison.Ordinal)
            || colon + 1 >= text.Length || !char.IsAsciiDigit(text[colon + 1]);
    }

    private static string Query(string query, string host)
    {
        var kept = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !IsTracking(Uri.UnescapeDataString(pair.Split('=', 2)[0]), host)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    // A text fragment (":~:text=") only scrolls; other fragments may choose a comment or a message.
    private static string Fragment(string fragment)
    {
        var scroll = fragment.IndexOf(":~:", StringComparison.Ordinal);
        var kept = scroll >= 0 ? fragment[..scroll] : fragment;
        return kept.Length <= 1 ? "" : kept;
    }

    private static bool IsTracking(string name, string host) => Tracking.Contains(name)
        || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(TrackingOn, on => HostDirectory.IsUnder(host, on.Site) && on.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Display(string host)
    {
        try
        {
            return new IdnMapping().GetUnicode(host);
        }
        catch (ArgumentException)
        {
            // Not a valid international name: the ASCII form is the one that is safe to show.
            return host;
        }
    }
}
