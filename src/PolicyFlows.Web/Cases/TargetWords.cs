using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>Words for targets, where they stand and why they are to go; and the choices of the forms that ask for them. One place for all pages.</summary>
public static class TargetWords
{
    /// <summary>Kinds as choices.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new(nameof(TargetKind.Post), "A post, picture or video"),
        new(nameof(TargetKind.Comment), "A comment"),
        new(nameof(TargetKind.Account), "An account or profile"),
        new(nameof(TargetKind.Page), "A web page"),
        new(nameof(TargetKind.Group), "A group or group chat"),
        new(nameof(TargetKind.Message), "A message or email"),
        new(nameof(TargetKind.Call), "A call or voicemail"),
    ];

    /// <summary>Grounds as choices.</summary>
    public static IReadOnlyList<Choice> Grounds { get; } = [.. Enum.GetValues<Ground>().Select(ground => new Choice(ground.ToString(), Of(ground)))];

    /// <summary>"Post", "Account".</summary>
    public static string Of(TargetKind kind) => kind switch
    {
        TargetKind.Page => "Web page",
        TargetKind.Post => "Post",
        TargetKind.Comment => "Comment",
        TargetKind.Account => "Account",
        TargetKind.Group => "Group",
        TargetKind.Message => "Message",
        TargetKind.Call => "Call",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this kind."),
    };

    /// <summary>A ground in everyday words.</summary>
    public static string Of(Ground ground) => ground switch
    {
        Ground.Harassment => "Harassment or abuse",
        Ground.Threat => "A threat",
        Ground.PrivateInformation => "Private information, or a private photo",
        Ground.Impersonation => "Somebody pretends to be them or the school",
        Ground.Defamation => "False statements that harm a reputation",
        Ground.Copyright => "A photo, video or text used without its owner's permission",
        Ground.Other => "Another rule of the website",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No word for this ground."),
    };

    /// <summary>"Post on Instagram", "Web page", "Post on Facebook (the school's own account)".</summary>
    public static string Name(TargetRecord target, HostDirectory hosts) =>
        Name(target.Kind, hosts.Get(target.HostId)) + (target.OwnAccount ? " (the school's own account)" : "");

    /// <summary>"Post on Instagram: https://…, account @x", of something that is not in a case yet.</summary>
    public static string Describe(HostDirectory hosts, TargetKind kind, string? address, string? handle, string? hostId) =>
        $"{Name(kind, hosts.Get(hostId))}: {string.Join(", ", new[] { address, handle }.Where(p => !string.IsNullOrEmpty(p)))}";

    /// <summary>Sites and apps as list entries, nothing chosen.</summary>
    public static IReadOnlyList<Choice> Platforms(HostDirectory hosts) =>
        [new("", "Choose if you know"), .. hosts.All.Where(h => h.Id != Host.UnknownId).OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => new Choice(h.Id, NameOf(h))), new(Host.UnknownId, "Another website or app")];

    /// <summary>The address if a browser can open it; never a script or a file.</summary>
    public static Uri? Openable(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;

    // Where the website is not one we know, the address says it.
    private static string Name(TargetKind kind, Host host) => host.Id == Host.UnknownId ? Of(kind) : $"{Of(kind)} on {host.Name}";

    // A former name that people still say is shown with the present one.
    private static string NameOf(Host host) => host is { Status: HostStatus.Renamed, Aliases: [var former, ..] } ? $"{host.Name} (was {former})" : host.Name;
}
