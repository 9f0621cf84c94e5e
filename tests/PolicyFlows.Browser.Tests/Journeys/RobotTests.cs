using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>
/// Mail scanners open links, some with a browser, and some press what they find. Whatever a robot does with every link of every mail, no task is
/// answered, nothing is decided and no mail goes out but codes that were asked for.
/// </summary>
public sealed partial class RobotTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    private const int MostPages = 60;

    [Fact]
    public async Task A_robot_with_every_link_of_every_mail_completes_nothing()
    {
        Chromium.Need();
        await using var people = await server.PersonAsync(new() { Checked = false });
        await using var manager = await server.PersonAsync(new() { Checked = false });
        var inbox = new Inbox(people);
        var open = await people.ReportAsync();
        var decided = await people.ReportAsync("https://x.com/quiet_kite/status/3");
        await people.OpenAsync("/safeguarding");
        await SendConcernAsync(people);
        await manager.OpenTaskAsync(inbox, Reporting.Manager, decided.Reference, "What should the school do about this report?");
        await manager.DecideTakedownAsync();
        await inbox.OpenAsync(Reporting.Manager, "Removal request needed");
        await inbox.OpenAsync(Reporting.Manager, open.Reference);
        await inbox.OpenAsync(Reporting.Reporter, open.Reference);
        await inbox.OpenAsync(Reporting.Reporter, decided.Reference);
        await manager.SignInAsAsync(Reporting.Manager);
        var links = server.Mails().SelectMany(mail => Link().Matches(mail.Body).Select(m => m.Value)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(links.Count(l => l.Contains("/t/", StringComparison.Ordinal)) >= 4, string.Join('\n', links));
        var before = await StateAsync(manager, open, decided);

        // A stranger's robot, and one in the manager's own browser, where codes have been entered.
        await using var stranger = await server.PersonAsync(new() { Checked = false });
        foreach (var robot in (Person[])[stranger, manager])
        {
            foreach (var link in links)
            {
                await AskAsync(robot, link, "GET");
                await AskAsync(robot, link, "HEAD");
            }

            Assert.InRange(await RoamAsync(robot, links), links.Count, 200);
        }

        await manager.SignInAsAsync(Reporting.Manager);
        Assert.Equal(before, await StateAsync(manager, open, decided));
    }

    private static async Task SendConcernAsync(Person person)
    {
        await person.ChooseAsync("Which school?", Reporting.School);
        await person.FillAsync("Which child?", "A girl in year 9");
        await person.FillAsync("What are you worried about?", "She is being sent messages by somebody she does not know.");
        await person.ChooseAsync("Is anyone in danger now?", "No");
        await person.PressAsync("Send now");
        await person.ExpectAsync("Sent. Now please telephone");
    }

    private static async Task AskAsync(Person robot, string link, string method)
    {
        var answer = await robot.Page.APIRequest.FetchAsync(link, new() { Method = method });
        Assert.True(answer.Status < 500, $"{method} {link} answered {answer.Status}");
    }

    /// <summary>Opens pages with scripts, follows their links into tasks, and sends off every form as it stands.</summary>
    /// <returns>How many forms it sent.</returns>
    private static async Task<int> RoamAsync(Person robot, IEnumerable<string> links)
    {
        var waiting = new Queue<string>(links);
        var seen = new HashSet<string>(links, StringComparer.Ordinal);
        var sent = 0;
        while (waiting.TryDequeue(out var next))
        {
            Assert.True(seen.Count <= MostPages, "The robot finds more and more pages.");
            await robot.Page.GotoAsync(next, new() { WaitUntil = WaitUntilState.Load });
            foreach (var further in await robot.Page.Locator("main a").EvaluateAllAsync<string[]>("links => links.map(a => a.href)"))
            {
                if (TaskPage().IsMatch(further) && seen.Add(further)) waiting.Enqueue(further);
            }

            var forms = await robot.Page.Locator("main form").CountAsync();
            for (var form = 0; form < forms; form++)
            {
                await robot.Page.GotoAsync(next, new() { WaitUntil = WaitUntilState.Load });
                var button = robot.Page.Locator("main form").Nth(form).Locator("button[type=submit]").First;
                await robot.WithNextPageAsync(() => button.EvaluateAsync("button => button.form.requestSubmit(button)"));
                sent++;
                var path = robot.Page.Url.Split('#')[0];
                if (TaskPage().IsMatch(path) && seen.Add(path)) waiting.Enqueue(path);
            }
        }

        return sent;
    }

    /// <summary>Everything that would have changed: the manager's tasks, each case's open tasks and timeline, and all mails but codes.</summary>
    private async Task<string> StateAsync(Person manager, params ReportReceipt[] receipts)
    {
        await server.QuietAsync();
        var state = new List<string>();
        await manager.OpenAsync("/dashboard");
        state.AddRange(await manager.Page.Locator(".pf-task__title").AllInnerTextsAsync());
        foreach (var receipt in receipts)
        {
            await manager.OpenAsync($"/cases/{receipt.Reference}");
            state.AddRange(await manager.Page.Locator(".pf-task__title").AllInnerTextsAsync());
            state.AddRange(await manager.Page.Locator(".pf-timeline__entry").Filter(new() { HasNotText = "code mailed to" }).AllInnerTextsAsync());
        }

        state.AddRange(server.Mails().Where(m => !m.Subject.StartsWith("Your code", StringComparison.Ordinal)).Select(m => $"{m.ToName}: {m.Subject}").Order(StringComparer.Ordinal));
        return string.Join('\n', state);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\S*", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"^http://127\.0\.0\.1:\d+/(?:t|tasks)/", RegexOptions.NonBacktracking)]
    private static partial Regex TaskPage();
}
