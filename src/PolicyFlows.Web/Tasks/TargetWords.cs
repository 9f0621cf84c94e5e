using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Web.Tasks;

/// <summary>Words for targets and grounds.</summary>
public static class TargetWords
{
    /// <summary>"post on Instagram", "group on WhatsApp", "page on a website".</summary>
    public static string Name(TargetRecord target, Host host) =>
        $"{Kind(target.Kind)} on {(host.Id == Host.UnknownId ? "a website" : host.Name)}{(target.OwnAccount ? " (the school's own account)" : "")}";

    /// <summary>The kind in a sentence.</summary>
    public static string Kind(TargetKind kind) => kind switch
    {
        TargetKind.Page => "page",
        TargetKind.Post => "post",
        TargetKind.Comment => "comment",
        TargetKind.Account => "account",
        TargetKind.Group => "group",
        TargetKind.Message => "message",
        TargetKind.Call => "call",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this kind."),
    };

    /// <summary>A ground as a choice.</summary>
    public static string Ground(Ground ground) => ground switch
    {
        Core.Hosts.Ground.Harassment => "Harassment or abuse",
        Core.Hosts.Ground.Threat => "A threat",
        Core.Hosts.Ground.PrivateInformation => "Private information, or a private photo",
        Core.Hosts.Ground.Impersonation => "Somebody pretends to be them or the school",
        Core.Hosts.Ground.Defamation => "False statements that harm a reputation",
        Core.Hosts.Ground.Copyright => "A photo, video or text used without its owner's permission",
        Core.Hosts.Ground.Other => "Another rule of the website",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No word for this ground."),
    };

    /// <summary>The address if a browser can open it; never a script or a file.</summary>
    public static Uri? Openable(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;
}
