using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Web.Access;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>Registers the case pages.</summary>
internal static class CaseServices
{
    public static IServiceCollection AddCasePages(this IServiceCollection services) => services
        .AddSingleton<IEndpointModule, CaseEndpoints>().AddSingleton<IEndpointModule, AccessEndpoints>().AddSingleton<AskToReadPages>().AddSingleton<ReadersPages>()
        .AddSingleton<CaseDoor>().AddSingleton<CaseReader>().AddSingleton<CasePages>().AddSingleton<ClosePages>()
        .AddSingleton<AddTargetPages>().AddSingleton<AddRoutePages>().AddSingleton<ReplyPages>().AddSingleton<EvidencePages>();
}
