using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Policies;

/// <summary>The policy page, open to everyone.</summary>
internal sealed class PolicyEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Links.Policy.Show(), (Delegate)ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context)
    {
        var directory = await context.RequestServices.GetRequiredService<DirectoryStore>().LoadAsync(context.RequestAborted);
        var today = London.Day(context.RequestServices.GetRequiredService<BusinessClock>().Now);
        return Page.Of<PolicyPage>(new { Policy = directory?.Settings.Policy, Overdue = directory is null ? null : PolicyWords.Overdue(directory.Settings.Policy, today) });
    }
}
