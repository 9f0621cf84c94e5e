using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Operations;

/// <summary>The operator page for administrators: ids, states and errors, no case content.</summary>
internal sealed class OperationsEndpoints : IEndpointModule
{
    public const string Retry = "retry", Terminate = "terminate", Purge = "purge", ReasonField = "reason";
    private const int PageSize = 100;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Operations.Show(), (Delegate)((HttpContext context) => ForAdministratorsAsync(context, _ => ListAsync(context))));
        routes.MapGet(Links.Operations.InstanceRoute, (string id, HttpContext context) => ForAdministratorsAsync(context, _ => InstanceAsync(context, id, FormState.Empty())));
        routes.MapPost(Links.Operations.ActRoute, (string id, string act, HttpContext context) => ForAdministratorsAsync(context, person => ActAsync(context, person, id, act)));
    }

    private static Task<IResult> ForAdministratorsAsync(HttpContext context, Func<string, Task<IResult>> answer) =>
        context.RequestServices.GetRequiredService<AdministratorDoor>().OpenAsync(context, administration => answer(administration.PersonId));

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var engine = context.RequestServices.GetRequiredService<DurableTaskClient>();
        OrchestrationRuntimeStatus? status = Enum.TryParse<OrchestrationRuntimeStatus>(context.Request.Query["status"], out var known) ? known : null;
        var after = context.Request.Query["after"].ToString();
        var found = await engine.GetAllInstancesAsync(
            new OrchestrationQuery(status is { } one ? [one] : null, After: after.Length == 0 ? null : after, PageSize: PageSize), context.RequestAborted);
        var state = await ProgramState.ReadAsync(context.RequestServices, context.RequestAborted);
        return Page.Of<OperationsPage>(new { State = state, Instances = found, Status = status, Next = found.Count == PageSize ? found[^1].InstanceId : null });
    }

    private static async Task<IResult> InstanceAsync(HttpContext context, string id, FormState form) =>
        await context.RequestServices.GetRequiredService<DurableTaskClient>().GetInstanceAsync(id, context.RequestAborted) is { } instance
            ? Page.Of<InstancePage>(new { Instance = instance, Form = form }, form.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
            : Page.Error(StatusCodes.Status404NotFound);

    private static async Task<IResult> ActAsync(HttpContext context, string person, string id, string act)
    {
        var services = context.RequestServices;
        var (cancellation, form) = (context.RequestAborted, await FormState.ReadAsync(context));
        if (await services.GetRequiredService<DurableTaskClient>().GetInstanceAsync(id, cancellation) is null) return Page.Error(StatusCodes.Status404NotFound);
        form.Required(ReasonField, "Say why: it is noted with your name");
        form.AtMost(ReasonField, 500, "The reason");
        if (!form.IsValid) return await InstanceAsync(context, id, form);
        var desk = services.GetRequiredService<OperatorDesk>();
        var process = new ProcessContext($"operator: {act}", person, services.GetRequiredService<BusinessClock>().Now, Why: form[ReasonField]);
        switch (act)
        {
            case Retry:
                await desk.RetryAsync(id, process, cancellation);
                break;
            case Terminate:
                await desk.TerminateAsync(id, process, cancellation);
                break;
            case Purge:
                return await desk.PurgeAsync(id, process, cancellation) ? Page.Next(Links.Operations.Show()) : Page.Next(Links.Operations.Instance(id));
            default:
                return Page.Error(StatusCodes.Status404NotFound);
        }

        return Page.Next(Links.Operations.Instance(id));
    }
}
