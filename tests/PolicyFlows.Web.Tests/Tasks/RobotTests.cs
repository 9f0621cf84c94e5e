using AngleSharp.Dom;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Tasks;

/// <summary>Mail scanners open every link, and some press every button.</summary>
public sealed class RobotTests
{
    [Fact]
    public async Task A_robot_that_opens_every_link_and_submits_every_form_with_its_defaults_completes_nothing()
    {
        await using var site = await TestProgram.StartAsync();
        var cases = await Everything.AskAsync(site);
        var before = await OpenTasksAsync(site, cases);
        var links = site.Mail.All.Select(m => m.Message.ToAddress).Distinct().SelectMany(to => site.Mail.LinksTo(to)).Distinct().ToList();
        Assert.True(links.Count >= 10, $"Only {links.Count} links were mailed.");
        var robot = site.Browser();
        foreach (var link in links)
        {
            await robot.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(TestProgram.Address + link)), site: "none");
            await robot.OpenAsync(link);
            await SubmitAllAsync(robot.Page, depth: 3);
        }

        await site.RunAsync();
        Assert.Equal(before, await OpenTasksAsync(site, cases));
    }

    [Fact]
    public async Task Even_a_robot_that_has_the_code_completes_nothing_with_the_defaults_of_any_form()
    {
        await using var site = await TestProgram.StartAsync();
        var cases = await Everything.AskAsync(site);
        var before = await OpenTasksAsync(site, cases);
        var kinds = new HashSet<TaskKind>();
        foreach (var (caseId, task) in await AllAsync(site, cases))
        {
            var key = task.CurrentHolders.First().PersonKey;
            var email = (await site.Get<CaseRosters>().OfAsync(site.Get<CaseStore>(), caseId, site.Time.Now)).Find(key)?.Email;
            if (email is null) continue;
            var robot = await site.OpenAsync(email, task.Id, caseId);
            kinds.Add(task.Kind);
            await SubmitAllAsync(robot.Page, depth: 1);
            foreach (var link in robot.Page.Document.QuerySelectorAll("main a[href^='/tasks/']").Select(a => a.GetAttribute("href")!).ToList())
            {
                await robot.OpenAsync(link);
                await SubmitAllAsync(robot.Page, depth: 1);
            }
        }

        await site.RunAsync();
        Assert.Equal(before, await OpenTasksAsync(site, cases));
        Assert.True(kinds.Count >= 12, $"Only {kinds.Count} kinds of task were tried: {string.Join(", ", kinds)}");
    }

    private static async Task SubmitAllAsync(WebPage page, int depth)
    {
        if (depth == 0) return;
        foreach (var form in page.Forms())
        {
            var next = await form.SubmitAsync();
            if (next.Path.StartsWith("/t/", StringComparison.Ordinal) || next.Path.StartsWith("/tasks/", StringComparison.Ordinal)) await SubmitAllAsync(next, depth - 1);
        }
    }

    private static async Task<IReadOnlyList<(string CaseId, TaskRecord Task)>> AllAsync(TestProgram site, IEnumerable<string> cases)
    {
        var all = new List<(string, TaskRecord)>();
        foreach (var caseId in cases)
            all.AddRange((await site.TasksAsync(caseId)).Where(t => t.IsOpen).Select(t => (caseId, t)));
        return all;
    }

    private static async Task<IReadOnlyList<string>> OpenTasksAsync(TestProgram site, IEnumerable<string> cases) =>
        [.. (await AllAsync(site, cases)).Select(t => $"{t.CaseId} {t.Task.Id} {string.Join(',', t.Task.CurrentHolders.Select(h => h.PersonKey))}").Order(StringComparer.Ordinal)];
}
