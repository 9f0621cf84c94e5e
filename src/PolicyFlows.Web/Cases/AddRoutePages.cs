using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>One more route for a decided case (scenario 15).</summary>
internal sealed class AddRoutePages(CaseDoor door, CaseStore cases, DecisionDesk desk)
{
    public const string RouteField = "route", GroundField = "ground", ReasonField = "reason";

    public async Task<IResult> ShowAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        return access is null ? refusal! : await PageAsync(access, FormState.Empty(), context);
    }

    public async Task<IResult> AddAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var form = await FormState.ReadAsync(context);
        var offered = await OfferedAsync(access, context.RequestAborted);
        var route = form.OneOf(RouteField, offered.Select(r => r.ToString()), "Choose the route to add");
        var ground = route == nameof(IncidentRoute.Takedown)
            && form.OneOf(GroundField, Enum.GetNames<Ground>(), "Choose why it should be removed: the request is written from it") is { } why ? Enum.Parse<Ground>(why) : (Ground?)null;
        form.Required(ReasonField, "Say why");
        form.AtMost(ReasonField, ClosePages.SummaryLength, "The reason");
        if (!form.IsValid) return await PageAsync(access, form, context);
        await desk.AddRouteAsync(access.CaseId, Enum.Parse<IncidentRoute>(route!), ground, form[ReasonField], access.Act("add route"), context.RequestAborted);
        return Page.Next(Links.Cases.Show(access.CaseId));
    }

    private async Task<IResult> PageAsync(CaseAccess access, FormState form, HttpContext context)
    {
        var offered = await OfferedAsync(access, context.RequestAborted);
        if (offered.Count == 0) return Page.Next(Links.Cases.Show(access.CaseId));
        var parameters = new { Reference = access.CaseId, Offered = offered, Form = form };
        return form.IsValid ? Page.Of<AddRoutePage>(parameters) : Page.Invalid<AddRoutePage>(parameters);
    }

    private async Task<IReadOnlyList<IncidentRoute>> OfferedAsync(CaseAccess access, CancellationToken cancellation)
    {
        var incident = await cases.NeedAsync<IncidentRecord>(access.CaseId, Rows.Case, cancellation);
        return incident.Decision is not { } decision
            ? []
            : [.. Enum.GetValues<IncidentRoute>().Where(r => r is not IncidentRoute.NoAction && !decision.Routes.Contains(r))
                .Where(r => r is not IncidentRoute.Takedown || incident is { RemovalRefused: false, Targets: > 0 })];
    }
}
