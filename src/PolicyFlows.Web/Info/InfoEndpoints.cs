using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Info;

/// <summary>Pages that anybody may read.</summary>
public sealed class InfoEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Home(), () => Page.Of<HomePage>());
        routes.MapGet(Links.Help(), () => Page.Of<HelpPage>());
        routes.MapGet(Links.Privacy(), () => Page.Of<PrivacyPage>());
        routes.MapGet(Links.Accessibility(), () => Page.Of<AccessibilityPage>());
        routes.MapGet(Links.Exit(), () => Page.Of<ExitPage>());
    }
}
