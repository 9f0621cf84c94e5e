namespace PolicyFlows.Core.Hosts;

/// <summary>Chooses among a host's routes.</summary>
internal static class HostRoutes
{
    private static readonly HostRoute Fallback = new()
    {
        Purpose = RoutePurpose.Abuse,
        Channel = RouteChannel.Web,
        Filer = Filer.Any,
        RequiredFields = ["the address of the page", "what is wrong with it"],
        Note = "No route is known. Look for a report or contact link on the site itself.",
    };

    public static HostRoute Choose(Host host, Ground ground, TargetKind kind, bool hasAddress)
    {
        var route = host.Routes.FirstOrDefault(own => own.Purpose == PurposeOf(ground))
            ?? host.Routes.FirstOrDefault(own => own.Purpose == RoutePurpose.Abuse)
            ?? Fallback;
        var receivedOnly = kind is TargetKind.Message or TargetKind.Call || (kind is TargetKind.Group && !hasAddress);
        return receivedOnly && route.Filer is Filer.Any ? route with { Filer = Filer.Recipient } : route;
    }

    private static RoutePurpose PurposeOf(Ground ground) => ground switch
    {
        Ground.PrivateInformation => RoutePurpose.Privacy,
        Ground.Impersonation => RoutePurpose.Impersonation,
        Ground.Defamation => RoutePurpose.Defamation,
        Ground.Copyright => RoutePurpose.Copyright,
        _ => RoutePurpose.Abuse,
    };
}
