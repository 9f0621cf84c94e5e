using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Setup;

/// <summary>Addresses of setting up, for administrators.</summary>
internal sealed class SetupEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Setup.Home(), (HttpContext context, OverviewPages pages) => pages.ShowAsync(context));
        routes.MapGet(Links.Setup.Changes(), (HttpContext context, OverviewPages pages) => pages.ChangesAsync(context));
        routes.MapGet(Links.Setup.People(), (HttpContext context, PeoplePages pages) => pages.ListAsync(context));
        routes.MapGet(Links.Setup.NewPerson(), (HttpContext context, PeoplePages pages) => pages.NewAsync(context));
        routes.MapPost(Links.Setup.NewPerson(), (HttpContext context, PeoplePages pages) => pages.AddAsync(context));
        routes.MapGet(Links.Setup.DetailsRoute, (string id, HttpContext context, PeoplePages pages) => pages.DetailsAsync(id, context));
        routes.MapPost(Links.Setup.DetailsRoute, (string id, HttpContext context, PeoplePages pages) => pages.SaveAsync(id, context));
        routes.MapGet(Links.Setup.PersonRoute, (string id, HttpContext context, PersonPages pages) => pages.ShowAsync(id, context));
        routes.MapPost(Links.Setup.GiveRoleRoute, (string id, HttpContext context, PersonPages pages) => pages.GiveRoleAsync(id, context));
        routes.MapPost(Links.Setup.TakeRoleRoute, (string id, HttpContext context, PersonPages pages) => pages.TakeRoleAsync(id, context));
        routes.MapPost(Links.Setup.AwayRoute, (string id, HttpContext context, PersonPages pages) => pages.AwayAsync(id, context));
        routes.MapPost(Links.Setup.EndAwayRoute, (string id, HttpContext context, PersonPages pages) => pages.EndAwayAsync(id, context));
        routes.MapGet(Links.Setup.LeaveRoute, (string id, HttpContext context, LeavingPages pages) => pages.ShowAsync(id, context));
        routes.MapPost(Links.Setup.LeaveRoute, (string id, HttpContext context, LeavingPages pages) => pages.LeaveAsync(id, context));
        routes.MapPost(Links.Setup.StayRoute, (string id, HttpContext context, LeavingPages pages) => pages.StayAsync(id, context));
        routes.MapGet(Links.Setup.Schools(), (HttpContext context, SchoolPages pages) => pages.ListAsync(context));
        routes.MapGet(Links.Setup.NewSchool(), (HttpContext context, SchoolPages pages) => pages.NewAsync(context));
        routes.MapPost(Links.Setup.NewSchool(), (HttpContext context, SchoolPages pages) => pages.AddAsync(context));
        routes.MapGet(Links.Setup.SchoolRoute, (string id, HttpContext context, SchoolPages pages) => pages.ShowAsync(id, context));
        routes.MapPost(Links.Setup.SchoolRoute, (string id, HttpContext context, SchoolPages pages) => pages.SaveAsync(id, context));
        routes.MapGet(Links.Setup.Trust(), (HttpContext context, TrustPages pages) => pages.ShowAsync(context));
        routes.MapPost(Links.Setup.Trust(), (HttpContext context, TrustPages pages) => pages.SaveAsync(context));
        routes.MapGet(Links.Setup.Durations(), (HttpContext context, DurationPages pages) => pages.ShowAsync(context));
        routes.MapGet(Links.Setup.DurationGroupRoute, (string group, HttpContext context, DurationPages pages) => pages.GroupAsync(group, context));
        routes.MapPost(Links.Setup.DurationGroupRoute, (string group, HttpContext context, DurationPages pages) => pages.SaveAsync(group, context));
    }

    public static IServiceCollection AddPages(IServiceCollection services) =>
        services.AddSingleton<IEndpointModule, SetupEndpoints>().AddSingleton<OverviewPages>().AddSingleton<PeoplePages>().AddSingleton<PersonPages>()
            .AddSingleton<LeavingPages>().AddSingleton<SchoolPages>().AddSingleton<TrustPages>().AddSingleton<DurationPages>();
}
