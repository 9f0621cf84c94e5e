using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Access;

/// <summary>
/// Every route, asked for by everybody: no part of a case comes back to somebody whom the table of rights refuses it, in bodies, titles,
/// headers, lists or error pages (architecture rule 11).
/// </summary>
public sealed partial class RouteWalkTests
{
    /// <summary>Somebody not signed in, and the reporter on a device that has only the receipt code.</summary>
    internal const string Nobody = "", Receipt = "receipt";

    private static readonly string[] Managers = [Manager, FirstDeputy, Headteacher];

    private static readonly string[] Leads = [Dsl, DeputyDsl, SecondDeputyDsl];

    private static readonly string[] Everybody =
    [
        Nobody, Receipt, Manager, FirstDeputy, CanaryCase.Named, Headteacher, Dsl, DeputyDsl, SecondDeputyDsl, BehaviourLead, SupportContact, AccountOwner, Teacher, SecondTeacher, Assistant,
        SecondSchoolManager, SecondSchoolHeadteacher, SecondSchoolDsl, Hr, Dpo, It, TrustLead, Chair, Administrator,
    ];

    /// <summary>Who reads which part on pages of the case, the rows of the table for this case.</summary>
    private static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        // The reporter reads their own words again, and never the file.
        [CanaryCase.OfIncident] = [.. Managers, Receipt], [CanaryCase.OfDecision] = Managers, [CanaryCase.OfEvidence] = Managers,
        [CanaryCase.OfTakedown] = Managers, [CanaryCase.OfPolice] = Managers, [CanaryCase.OfSupport] = [SupportContact],
        [CanaryCase.OfSafeguarding] = Leads, [CanaryCase.OfPupil] = [BehaviourLead], [CanaryCase.OfBreach] = [Hr],
    };

    [Fact]
    public async Task Nobody_sees_on_any_route_what_the_table_refuses_them()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var canary = new CanaryCase(demo);
        await canary.SeedAsync();
        await demo.DeliverAsync();
        var routes = Routes(demo);
        var known = await KnownRoutes.OfAsync(demo, canary, demo.Get<EmlFolder>().ListNames());
        Assert.Equal([], routes.Select(r => r.Pattern).Distinct().Where(p => !known.ContainsKey(p)));

        var watch = new Watch(canary, await HoldersAsync(demo, canary), Readers, SeesIncident, SeesAlert);
        var browsers = new Dictionary<string, WebBrowser>(StringComparer.Ordinal);
        foreach (var person in Everybody)
            browsers[person] = person == Nobody ? demo.Browser() : person == Receipt ? await WithReceiptAsync(demo, canary) : await demo.AsAsync(person);

        foreach (var person in Everybody)
            foreach (var route in routes.Where(r => r.Method == "GET"))
                foreach (var stop in known[route.Pattern]) await watch.LookAsync(person, stop, () => browsers[person].SendAsync(Get(stop.Address), site: "none", follow: false));

        // Forms last: some of them change what the next one may see. A refused form must keep its mouth shut as well.
        foreach (var person in Everybody)
        {
            await browsers[person].OpenAsync(Links.Demonstration.SignInAs());
            var token = await browsers[person].TokenAsync();
            foreach (var route in routes.Where(r => r.Method == "POST" && r.Pattern != Links.SignIn.Out()))
                foreach (var stop in known[route.Pattern]) await watch.LookAsync(person, stop, () => browsers[person].PostAsync(stop.Address, [new("_token", token)], follow: false));
        }

        watch.AssertSound();
        foreach (var browser in browsers.Values) browser.Dispose();
    }

    [Fact]
    public async Task People_who_were_let_in_read_what_the_table_says_and_nothing_else()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var canary = new CanaryCase(demo);
        await canary.SeedAsync();
        await demo.DeliverAsync();
        using var officer = await demo.AsAsync(Dpo);
        await AskToReadTests.AskAsync(officer, canary.Incident, "A request.");
        await demo.Get<ReadingDesk>().InviteAsync(canary.Incident, Hr, "She is needed.", demo.As(Manager));
        // The officer reads every part of that case and nothing of the other one; human resources what was reported and decided, not the branches.
        var readers = CanaryCase.All.ToDictionary(word => word, word => (string[])[Dpo], StringComparer.Ordinal);
        foreach (var word in new[] { CanaryCase.OfIncident, CanaryCase.OfDecision, CanaryCase.OfEvidence, CanaryCase.OfBreach }) readers[word] = [Dpo, Hr];
        var watch = new Watch(canary, await HoldersAsync(demo, canary), readers, _ => true, _ => false);
        var routes = Routes(demo);
        var known = await KnownRoutes.OfAsync(demo, canary, demo.Get<EmlFolder>().ListNames());
        foreach (var (person, browser) in new[] { (Dpo, officer), (Hr, await demo.AsAsync(Hr)) })
        {
            foreach (var route in routes.Where(r => r.Method == "GET" && r.Pattern != Links.Demonstration.MessageRoute && r.Pattern != Links.Demonstration.Mailbox()))
                foreach (var stop in known[route.Pattern]) await watch.LookAsync(person, stop, () => browser.SendAsync(Get(stop.Address), site: "none", follow: false));
            await browser.OpenAsync(Links.Demonstration.SignInAs());
            var token = await browser.TokenAsync();
            foreach (var route in routes.Where(r => r.Method == "POST" && r.Pattern != Links.SignIn.Out()))
                foreach (var stop in known[route.Pattern]) await watch.LookAsync(person, stop, () => browser.PostAsync(stop.Address, [new("_token", token)], follow: false));
        }

        watch.AssertSound();
    }

    [Theory]
    [InlineData(Nobody)]
    [InlineData(SecondTeacher)]
    public async Task A_forged_header_of_a_platform_shows_nobody_anything(string person)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var canary = new CanaryCase(demo);
        await canary.SeedAsync();
        var watch = new Watch(canary, await HoldersAsync(demo, canary), CanaryCase.All.ToDictionary(word => word, _ => Array.Empty<string>(), StringComparer.Ordinal), SeesIncident, SeesAlert);
        var known = await KnownRoutes.OfAsync(demo, canary, []);
        var (browser, platform) = demo.Device();
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        if (person != Nobody) await browser.PostAsync(Links.Demonstration.SignInAs(), [new("_token", await browser.TokenAsync()), new("person", person)]);
        foreach (var forged in new[] { Manager, Dsl, Dpo, Administrator })
        {
            platform.Principal = [WorkPlatform.Of(Steps.EmailOf(forged))];
            foreach (var route in Routes(demo).Where(r => r.Method == "GET" && r.Pattern != Links.Demonstration.MessageRoute))
                foreach (var stop in known[route.Pattern]) await watch.LookAsync(person, stop, () => browser.SendAsync(Get(stop.Address), site: "none", follow: false));
            await browser.PostAsync(Links.SignIn.Work(), [new("_token", await browser.TokenAsync())]);
            Assert.Equal(person == Nobody ? Links.SignIn.Start() : Links.Dashboard.Home(), browser.Page.Path);
        }

        watch.AssertSound();
    }

    [Fact]
    public async Task A_case_that_one_may_not_see_looks_like_a_case_that_does_not_exist()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(named: [CanaryCase.Named]);
        foreach (var person in new[] { CanaryCase.Named, SecondSchoolManager, TrustLead, Administrator, SecondTeacher })
        {
            using var browser = await demo.AsAsync(person);
            foreach (var address in new Func<string, string>[] { Links.Cases.Show, Links.Cases.Close, Links.Cases.Chain, Links.Cases.AddRoute, c => Links.Cases.Evidence(c, 1) })
            {
                var refused = await browser.OpenAsync(address(reference));
                var unknown = await browser.OpenAsync(address("INC-23456789"));
                Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.Status);
                Assert.Equal(Plain(unknown, "INC-23456789"), Plain(refused, reference));
            }
        }

        static string Plain(WebPage page, string reference) =>
            TokenField().Replace(page.Html.Replace(reference, "REF", StringComparison.Ordinal), "");
    }

    private static IReadOnlyList<(string Pattern, string Method)> Routes(TestProgram site) =>
    [
        .. site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]).Select(method => ("/" + e.RoutePattern.RawText!.TrimStart('/'), method))),
    ];

    private static async Task<Dictionary<(string Case, string Task), HashSet<string>>> HoldersAsync(TestProgram site, CanaryCase canary)
    {
        var holders = new Dictionary<(string, string), HashSet<string>>();
        foreach (var caseId in new[] { canary.Incident, canary.Alert })
            foreach (var task in await site.TasksAsync(caseId))
                holders[(caseId, task.Id)] = [.. task.CurrentHolders.Select(h => h.PersonKey)];
        return holders;
    }

    private static bool SeesIncident(string person) =>
        Managers.Contains(person) || Leads.Contains(person) || person is Receipt or Teacher or BehaviourLead or SupportContact or Hr;

    // Not confirmed yet: the trust lead and the headteacher see that it exists.
    private static bool SeesAlert(string person) => Leads.Contains(person) || person is TrustLead or Headteacher;

    private static async Task<WebBrowser> WithReceiptAsync(TestProgram site, CanaryCase canary)
    {
        var browser = site.Browser();
        await browser.OpenAsync(Links.Receipt.Start());
        await browser.Page.Form().Fill("Reference", canary.Incident).Fill("Receipt code", CanaryCase.ReceiptCode).SubmitAsync();
        Assert.Equal(Links.Receipt.Status(), browser.Page.Path);
        return browser;
    }

    private static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address);

    [GeneratedRegex("name=\"_token\" value=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex TokenField();
}
