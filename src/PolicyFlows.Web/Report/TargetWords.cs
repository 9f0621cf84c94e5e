using PolicyFlows.Core.Hosts;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Report;

/// <summary>Targets in words, and the choices of the form.</summary>
internal static class TargetWords
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

    /// <summary>"A post", "An account".</summary>
    public static string Of(TargetKind kind) => kind switch
    {
        TargetKind.Post => "Post",
        TargetKind.Comment => "Comment",
        TargetKind.Account => "Account",
        TargetKind.Group => "Group",
        TargetKind.Message => "Message",
        TargetKind.Call => "Call",
        _ => "Web page",
    };

    /// <summary>Sites and apps as list entries, nothing chosen.</summary>
    public static IReadOnlyList<Choice> Platforms(HostDirectory hosts) =>
        [new("", "Choose if you know"), .. hosts.All.Where(h => h.Id != Host.UnknownId).OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => new Choice(h.Id, NameOf(h))), new(Host.UnknownId, "Another website or app")];

    /// <summary>"Post on Instagram: https://…, account @x".</summary>
    public static string Describe(HostDirectory hosts, TargetKind kind, string? address, string? handle, string? hostId)
    {
        var host = hosts.Get(hostId);
        var where = host.Id == Host.UnknownId ? "" : $" on {host.Name}";
        var parts = new[] { address, handle }.Where(p => !string.IsNullOrEmpty(p));
        return $"{Of(kind)}{where}: {string.Join(", ", parts)}";
    }

    // A former name that people still say is shown with the present one.
    private static string NameOf(Host host) => host is { Status: HostStatus.Renamed, Aliases: [var former, ..] } ? $"{host.Name} (was {former})" : host.Name;
}
