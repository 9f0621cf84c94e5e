using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>What there is to set up, what is missing, and who changed what.</summary>
internal sealed class OverviewPages(AdministratorDoor door, ConfigurationLog log)
{
    private const int EntriesPerPage = 50;

    public Task<IResult> ShowAsync(HttpContext context) => door.OpenAsync(context, administration =>
        Task.FromResult(Page.Of<SetupPage>(new { administration.Directory, administration.Now })));

    public Task<IResult> ChangesAsync(HttpContext context) => door.OpenAsync(context, async administration =>
    {
        var after = context.Request.Query["after"].ToString();
        var (entries, next) = await log.ListAsync(after.Length == 0 ? null : after, EntriesPerPage, context.RequestAborted);
        return Page.Of<ChangesPage>(new { administration.Directory, Entries = entries, Next = next });
    });
}
