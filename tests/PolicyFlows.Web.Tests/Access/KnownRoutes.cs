using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Access;

/// <summary>One address to walk.</summary>
/// <param name="Task">The task that the address is about: its holders read what the question needs.</param>
/// <param name="ShowsReferences">Links and operators' ids carry references by their nature.</param>
internal sealed record Stop(string Address, (string Case, string Task)? Task = null, bool ShowsReferences = false);

/// <summary>
/// Every route of the program with the addresses to walk for it. A route that is missing here fails the walk: add it with addresses that
/// reach every case of the walk, and think about who may see what comes back. The webhook of a mail service (<see cref="Links.Hooks"/>) exists only in
/// a host that registers one, which the embedded server does not; it answers with a status and no content.
/// </summary>
internal static class KnownRoutes
{
    /// <summary>Pages of a device without a session: a draft, a receipt, a form. They show nothing without what only that device has.</summary>
    private static readonly string[] WithoutSession =
    [
        Links.Home(), Links.Help(), Links.Privacy(), Links.Accessibility(), Links.Exit(), Links.SignIn.Start(), Links.SignIn.Code(), Links.SignIn.Work(), Links.SignIn.Out(), Links.SignIn.SignedOut(),
        Links.Policy.Show(),
        Links.Operations.Health(), Links.Demonstration.SignInAs(), Links.Demonstration.ClockRoute, Links.Demonstration.Mailbox(), Links.Dashboard.Home(), Links.Operations.Show(),
        Links.Report.Start(), Links.Report.Discard(), Links.Report.School(), Links.Report.What(), Links.Report.Where(), Links.Report.RemoveTarget(), Links.Report.Files(),
        Links.Report.Images(), Links.Report.Upload(), Links.Report.RemoveFile(), Links.Report.You(), Links.Report.People(), Links.Report.Check(), Links.Report.Send(), Links.Report.Sent(),
        Links.Safeguarding.Start(), Links.Safeguarding.Sent(), Links.Access.Ask(),
        Links.Setup.Home(), Links.Setup.Changes(), Links.Setup.People(), Links.Setup.NewPerson(), Links.Setup.Schools(), Links.Setup.NewSchool(), Links.Setup.Trust(), Links.Setup.Durations(),
    ];

    /// <summary>Pages behind a receipt code: they show the reference of that one report.</summary>
    private static readonly string[] Receipt =
    [
        Links.Receipt.Start(), Links.Receipt.Lost(), Links.Receipt.MailedCode(), Links.Receipt.Status(), Links.Receipt.Support(), Links.Receipt.WithdrawConsent(),
        Links.Receipt.SecondLook(), Links.Receipt.Add(), Links.Receipt.AddFile(), Links.Receipt.AddWithFile(), Links.Receipt.Leave(),
    ];

    /// <summary>Pages about one person of the directory, for administrators. They show no case.</summary>
    private static readonly (string Route, Func<string, string> Address)[] OfPeople =
    [
        (Links.Setup.PersonRoute, Links.Setup.Person), (Links.Setup.DetailsRoute, Links.Setup.Details), (Links.Setup.GiveRoleRoute, Links.Setup.GiveRole),
        (Links.Setup.TakeRoleRoute, Links.Setup.TakeRole), (Links.Setup.AwayRoute, Links.Setup.Away), (Links.Setup.EndAwayRoute, Links.Setup.EndAway),
        (Links.Setup.LeaveRoute, Links.Setup.Leave), (Links.Setup.StayRoute, Links.Setup.Stay),
    ];

    /// <summary>Addresses by pattern.</summary>
    public static async Task<Dictionary<string, IReadOnlyList<Stop>>> OfAsync(TestProgram site, CanaryCase canary, IReadOnlyList<string> mails)
    {
        var cases = new[] { canary.Incident, canary.Alert, $"OPS-{site.Time.Now:yyyyMMdd}", "INC-23456789" };
        var known = WithoutSession.ToDictionary(
            path => path, path => (IReadOnlyList<Stop>)[new Stop(path, ShowsReferences: path == Links.Demonstration.Mailbox() || path == Links.Operations.Show())], StringComparer.Ordinal);
        foreach (var path in Receipt) known[path] = [new Stop(path)];
        known[Links.AssetRoute] = [new(Links.Asset("policyflows.css"))];
        known[Links.Cases.ShowRoute] = Stops(cases, Links.Cases.Show);
        known[Links.Cases.ChainRoute] = Stops(cases, Links.Cases.Chain);
        known[Links.Cases.CloseRoute] = Stops(cases, Links.Cases.Close);
        known[Links.Cases.AddTargetRoute] = Stops(cases, Links.Cases.AddTarget);
        known[Links.Cases.AddRouteRoute] = Stops(cases, Links.Cases.AddRoute);
        known[Links.Access.ReadersRoute] = Stops(cases, Links.Access.Readers);
        known[Links.Access.EndRoute] = Stops(cases, Links.Access.End);
        known[Links.Cases.ReplyRoute] = Stops(cases, c => Links.Cases.Reply(c, 1));
        known[Links.Cases.EvidenceRoute] = Stops(cases, c => Links.Cases.Evidence(c, 1));
        foreach (var (route, address) in OfPeople) known[route] = Stops([DemonstrationSeed.Assistant, "p-unknown"], address);
        known[Links.Setup.DurationGroupRoute] = Stops(["removal", "nothing"], group => Links.Setup.DurationGroup(group));
        known[Links.Setup.SchoolRoute] = Stops([DemonstrationSeed.FirstSchool, "s-unknown"], Links.Setup.School);
        known[Links.Demonstration.MessageRoute] = [.. mails.Select(m => new Stop(Links.Demonstration.Message(m), ShowsReferences: true))];

        var instances = await site.Get<DurableTaskClient>().GetAllInstancesAsync(new OrchestrationQuery());
        known[Links.Operations.InstanceRoute] = [.. instances.Select(i => new Stop(Links.Operations.Instance(i.InstanceId), ShowsReferences: true))];
        known[Links.Operations.ActRoute] = [.. instances.Take(2).Select(i => new Stop(Links.Operations.Act(i.InstanceId, "purge"), ShowsReferences: true))];

        var tasks = new List<(string Case, TaskRecord Task)>();
        foreach (var caseId in cases.Take(2))
            tasks.AddRange((await site.TasksAsync(caseId)).Select(t => (caseId, t)));
        AddTask(Links.Tasks.TaskRoute, Links.Tasks.Task);
        AddTask(Links.Tasks.DoneRoute, Links.Tasks.Done);
        AddTask(Links.Tasks.ConcernsRoute, Links.Tasks.Concerns);
        AddTask(Links.Tasks.ReplyRoute, Links.Tasks.Reply);
        AddTask(Links.Tasks.ReplyDoneRoute, Links.Tasks.ReplyDone);
        AddTask(Links.Tasks.ImpossibleRoute, Links.Tasks.Impossible);

        var links = tasks.Select(t => site.Get<LinkTokens>().Write(new LinkClaim(t.Case, t.Task.Id, t.Task.Holders[0].PersonKey, Math.Max(1, t.Task.Holders[0].Links.Count)))).ToList();
        known[Links.Tasks.OpenRoute] = [.. links.Select(l => new Stop(Links.Tasks.Open(l), ShowsReferences: true))];
        known[Links.Tasks.OpenCodeRoute] = [.. links.Select(l => new Stop(Links.Tasks.OpenCode(l), ShowsReferences: true))];
        known[Links.Tasks.FreshLinkRoute] = [.. links.Select(l => new Stop(Links.Tasks.FreshLink(l), ShowsReferences: true))];
        return known;

        void AddTask(string route, Func<string, string, string> address) =>
            known[route] = [.. tasks.Select(t => new Stop(address(t.Case, t.Task.Id), (t.Case, t.Task.Id)))];
    }

    private static IReadOnlyList<Stop> Stops(IEnumerable<string> cases, Func<string, string> address) => [.. cases.Select(c => new Stop(address(c)))];
}
