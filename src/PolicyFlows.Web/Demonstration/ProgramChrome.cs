using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Demonstration;

/// <summary>What stands around every page: the trust, who is signed in, where they may go, and the banner of a demonstration.</summary>
public sealed class ProgramChrome(DirectoryStore directories, Visitors visitors, CaseIndex index, BusinessClock clock, IServiceProvider services) : IPageChrome
{
    /// <inheritdoc/>
    public async ValueTask<PageContext> DescribeAsync(HttpContext context, CancellationToken cancellation = default)
    {
        var page = new PageContext { Demonstration = Banner(context) };
        if (await directories.LoadAsync(cancellation) is not { } directory) return page;
        var settings = directory.Settings;
        page = page with
        {
            TrustName = settings.TrustName, Durations = settings.Durations, Administrator = settings.Administrator,
            Helplines = settings.Helplines.Count > 0 ? settings.Helplines : page.Helplines,
        };
        var visitor = await visitors.OfAsync(context);
        directory = await visitors.DirectoryOfAsync(context);
        return directory.Person(visitor.PersonId) is { } person
            ? page with { Person = Signed(directory, person), Navigation = await NavigationAsync(directory, person, context, cancellation) }
            : page with { Navigation = [Item(context, "The policy", Links.Policy.Show()), Item(context, "Sign in", Links.SignIn.Start())] };
    }

    private static SignedInPerson Signed(TrustDirectory directory, Person person) => new(
        person.Name,
        person.SchoolIds.Count == 0 ? directory.Settings.TrustName : string.Join(", ", person.SchoolIds.Select(id => directory.School(id)?.Name).OfType<string>()),
        Links.SignIn.Out());

    private async Task<IReadOnlyList<NavigationItem>> NavigationAsync(TrustDirectory directory, Person person, HttpContext context, CancellationToken cancellation)
    {
        var tasks = (await index.TasksAsync(person.Id, cancellation)).Count;
        List<NavigationItem> items =
        [
            Item(context, "Dashboard", Links.Dashboard.Home()) with { Count = tasks, CountMeaning = tasks == 1 ? "task of yours" : "tasks of yours" },
            Item(context, "The policy", Links.Policy.Show()),
        ];
        if (AccessFilter.May(directory, person.Id, clock.Now, Right.Read, CasePart.Operator, new CaseFacts { SchoolId = "" }).Allowed)
            items.AddRange([Item(context, "Set-up", Links.Setup.Home()), Item(context, "Operator page", Links.Operations.Show())]);
        return items;
    }

    private DemonstrationBannerModel? Banner(HttpContext context)
    {
        if (!DemonstrationOnly.Is(services) || services.GetService<IDemonstrationClock>() is not { } movable) return null;
        var mails = services.GetService<EmlFolder>()?.ListNames().Count;
        return new(
            $"{London.ToLocal(movable.Now).ToString("ddd", System.Globalization.CultureInfo.InvariantCulture)} {London.FormatWithZone(movable.Now, LondonStyle.Listed)}", Links.Demonstration.Clock(BackTo(context)), DemonstrationEndpoints.MoveField,
            [.. DemonstrationEndpoints.Moves.Select(m => new ClockMove(m.Value, m.Text, m.Short))],
            [
                Item(context, "Mailbox", Links.Demonstration.Mailbox()) with { Count = mails, CountMeaning = "mails" },
                Item(context, "Sign in as", Links.Demonstration.SignInAs()),
            ]);
    }

    /// <summary>Back to this page, but never with a mailed link in the address, and never to something that only takes forms.</summary>
    private static string BackTo(HttpContext context)
    {
        var path = context.Request.Path.Value ?? Links.Home();
        return HttpMethods.IsGet(context.Request.Method) && !path.StartsWith(Links.Tasks.Open(""), StringComparison.Ordinal) ? path : Links.Home();
    }

    private static NavigationItem Item(HttpContext context, string text, string href) =>
        new(text, href, context.Request.Path.StartsWithSegments(href, StringComparison.Ordinal));
}

/// <summary>Asks whether the data folder is a demonstration.</summary>
internal static class DemonstrationOnly
{
    public static bool Is(IServiceProvider services) => services.GetService<FolderKind>() is { IsDemonstration: true };
}
