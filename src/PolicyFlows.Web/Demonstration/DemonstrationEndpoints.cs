using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Demonstration;

/// <summary>A step of the movable clock.</summary>
internal sealed record DemonstrationMove(string Value, string Text, string Short, TimeSpan By);

/// <summary>Mailbox, "sign in as" and the movable clock. In a real folder none of these addresses exists.</summary>
internal sealed class DemonstrationEndpoints : IEndpointModule
{
    public const string MoveField = "by", PersonField = "person";

    public static readonly IReadOnlyList<DemonstrationMove> Moves =
    [
        new("1h", "1 hour", "1 h", TimeSpan.FromHours(1)), new("12h", "12 hours", "12 h", TimeSpan.FromHours(12)),
        new("24h", "24 hours", "24 h", TimeSpan.FromHours(24)), new("7d", "7 days", "7 d", TimeSpan.FromDays(7)),
    ];

    private const int MostListed = 300;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Demonstration.SignInAs(), On(SignInAsPageAsync));
        routes.MapPost(Links.Demonstration.SignInAs(), On(SignInAsAsync));
        routes.MapPost(Links.Demonstration.ClockRoute, On(MoveAsync));
        routes.MapGet(Links.Demonstration.Mailbox(), On(MailboxAsync));
        routes.MapGet(Links.Demonstration.MessageRoute, (string name, HttpContext context) => OnlyAsync(context, c => MessageAsync(c, name)));
    }

    private static Delegate On(Func<HttpContext, Task<IResult>> answer) => (HttpContext context) => OnlyAsync(context, answer);

    private static async Task<IResult> OnlyAsync(HttpContext context, Func<HttpContext, Task<IResult>> answer) =>
        DemonstrationOnly.Is(context.RequestServices) ? await answer(context) : Page.Error(StatusCodes.Status404NotFound);

    private static async Task<IResult> SignInAsPageAsync(HttpContext context)
    {
        var directory = await context.RequestServices.GetRequiredService<DirectoryStore>().RequireAsync(context.RequestAborted);
        return Page.Of<SignInAsPage>(new { Groups = SignInAsGroup.Of(directory, context.RequestServices.GetRequiredService<BusinessClock>().Now) });
    }

    private static async Task<IResult> SignInAsAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var directory = await context.RequestServices.GetRequiredService<DirectoryStore>().RequireAsync(context.RequestAborted);
        if (directory.Person(form[PersonField]) is not { } person || !person.IsHere(context.RequestServices.GetRequiredService<BusinessClock>().Now)) return Page.Next(Links.Demonstration.SignInAs());
        await context.RequestServices.GetRequiredService<Visitors>().SignInAsync(context, person.Id);
        return Page.Next(Links.Dashboard.Home());
    }

    private static async Task<IResult> MoveAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (Moves.FirstOrDefault(m => m.Value == form[MoveField]) is not { } move || context.RequestServices.GetService<IDemonstrationClock>() is not { } clock)
            return Page.Error(StatusCodes.Status400BadRequest);
        await clock.MoveAsync(move.By, context.RequestAborted);
        var back = context.Request.Query["back"].ToString();
        return Page.Next(IsOwnPath(back) ? back : Links.Home());
    }

    private static Task<IResult> MailboxAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<EmlFolder>() is not { } folder) return Task.FromResult(Page.Error(StatusCodes.Status404NotFound));
        var all = folder.ListNames().Reverse().Take(MostListed).Select(folder.Read).OfType<EmlMessage>().ToList();
        var to = context.Request.Query["to"].ToString();
        var shown = to.Length == 0 ? all : [.. all.Where(m => string.Equals(m.ToAddress, to, StringComparison.OrdinalIgnoreCase))];
        return Task.FromResult(Page.Of<MailboxPage>(new { All = (IReadOnlyList<EmlMessage>)all, Shown = (IReadOnlyList<EmlMessage>)shown, To = to.Length == 0 ? null : to }));
    }

    private static Task<IResult> MessageAsync(HttpContext context, string name) =>
        Task.FromResult(context.RequestServices.GetService<EmlFolder>()?.Read(name) is { } message
            ? Page.Of<MessagePage>(new { Message = message, Address = context.RequestServices.GetService<ProgramAddress>()?.Base })
            : Page.Error(StatusCodes.Status404NotFound));

    /// <summary>A path of this program: the query of the form's address is not to be trusted.</summary>
    private static bool IsOwnPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);
}
