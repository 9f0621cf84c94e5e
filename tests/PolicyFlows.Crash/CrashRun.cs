using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PolicyFlows.Crash.Checks;
using PolicyFlows.Crash.Mail;
using PolicyFlows.Crash.People;
using PolicyFlows.Crash.Server;

namespace PolicyFlows.Crash;

/// <summary>People use the server, the server is killed and started again, and whatever it had confirmed must be there, once.</summary>
internal sealed class CrashRun
{
    private static readonly TimeSpan QuietPatience = TimeSpan.FromSeconds(90);
    private readonly CrashOptions options;
    private readonly Random random;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-crash-");
    private readonly Uri address = FreeAddress();
    private readonly Ledger ledger = new();
    private readonly Stage stage = new();
    private readonly PostWatch wire = new();
    private readonly Post post;
    private readonly MailAudit mails;
    private readonly PageAudit pages;
    private readonly Dictionary<string, Desk> desks;
    private readonly List<Actor> actors = [];
    private readonly HashSet<string> looked = new(StringComparer.Ordinal);

    public CrashRun(CrashOptions options)
    {
        this.options = options;
        random = new Random(options.Seed);
        post = new Post(Path.Combine(Data, "mail"));
        mails = new MailAudit(ledger, post);
        desks = Folk.Schools.ToDictionary(s => s.Id, s => new Desk(s.Manager, post, stage, wire, address), StringComparer.Ordinal);
        pages = new PageAudit(ledger, stage, wire, address, desks);
        for (var i = 1; i <= 3; i++) actors.Add(new Reporter($"reporter {i}", ledger, stage, wire, address, Chance()));
        actors.Add(new Worrier("worried colleague", ledger, stage, wire, address, Chance()));
        foreach (var school in Folk.Schools)
        {
            actors.Add(new Colleague($"manager of {school.Id}", school.Manager, ledger, post, stage, wire, address, Chance()));
            actors.Add(new Colleague($"safeguarding lead of {school.Id}", school.Leads[0], ledger, post, stage, wire, address, Chance()));
        }
    }

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>The whole run.</summary>
    /// <returns>0 only if all holds.</returns>
    public async Task<int> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var server = new ServerProcess(ServerPath(), Data, address, Path.Combine(folder.FullName, "server.log"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        using var stop = new CancellationTokenSource();
        Console.WriteLine($"seed {options.Seed}, {options.Kills} kills, {folder.FullName}");
        var cut = 0;
        Task acting = Task.CompletedTask;
        try
        {
            await server.StartAsync();
            Say(await SecondServer.CheckAsync(server));
            stage.Rise();
            foreach (var desk in desks.Values) await desk.SignInAsync();
            stage.Open();
            acting = Task.WhenAll(actors.Select(a => Task.Run(() => a.RunAsync(stop.Token))));
            for (var kill = 1; kill <= options.Kills && ledger.Broken.IsEmpty; kill++) cut += await KillAsync(server, kill);
            await FinishAsync();
            await stop.CancelAsync();
            await acting;
            await EndAsync(server);
        }
        catch (BrokenPromiseException broken)
        {
            ledger.Break(broken.Message);
        }
        finally
        {
            await stop.CancelAsync();
            // Whoever still waits is let go.
            stage.Fall();
            stage.Rise();
            stage.Open();
        }

        return Report(cut, Stopwatch.GetElapsedTime(started));
    }

    private async Task<int> KillAsync(ServerProcess server, int number)
    {
        var warm = wire.Answered + random.Next(25);
        var patience = Stopwatch.GetTimestamp();
        while (wire.Answered < warm && Stopwatch.GetElapsedTime(patience).TotalSeconds < 4) await Task.Delay(5);
        // Half of them soon after a POST was begun, where the writing is.
        var after = random.Next(2) == 0 ? random.Next(30) : random.Next(300);
        IReadOnlyList<string> under;
        do
        {
            var next = wire.NextPost;
            if (await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(30))) != next) throw new BrokenPromiseException("For 30 s nobody sent anything.");
            await Task.Delay(after);
            after /= 2;
            under = wire.UnderWay;
        }
        while (under.Count == 0);

        stage.Fall();
        await server.KillAsync();
        mails.NoteKill();
        wire.Renew();
        var back = await server.StartAsync();
        stage.Rise();
        var checkedNow = await LookAsync();
        stage.Open();
        Say($"kill {number}/{options.Kills}: {under.Count} POST cut off ({string.Join(", ", under.Select(Short))}), back in {back.TotalSeconds:0.0} s, {checkedNow} looked at: hold; {ledger}");
        return under.Count;
    }

    /// <summary>Everything confirmed since the last look, and some of what is older.</summary>
    private async Task<int> LookAsync()
    {
        var reports = ledger.Reports.Values.ToList();
        var alerts = ledger.Alerts.Values.ToList();
        var some = reports.Where(r => !looked.Contains(r.Reference)).Concat(reports.Count == 0 ? [] : random.GetItems(reports.ToArray(), 2)).DistinctBy(r => r.Reference).ToList();
        foreach (var report in some) await pages.CheckAsync(report);
        var fresh = alerts.Where(a => !looked.Contains(a.Reference)).ToList();
        foreach (var alert in fresh) await pages.CheckAsync(alert);
        looked.UnionWith(some.Select(r => r.Reference).Concat(fresh.Select(a => a.Reference)));
        return some.Count + fresh.Count;
    }

    /// <summary>No more kills: people finish what they began, and the last mails go out.</summary>
    private async Task FinishAsync()
    {
        foreach (var actor in actors) actor.Finishing = true;
        var patience = Stopwatch.GetTimestamp();
        IReadOnlyList<string> wrong;
        while ((wrong = mails.Check()).Count > 0 || actors.Exists(a => !a.IsIdle))
        {
            if (Stopwatch.GetElapsedTime(patience) > QuietPatience)
            {
                foreach (var line in wrong) ledger.Break(line);
                if (wrong.Count == 0) ledger.Break("People did not come to an end.");
                return;
            }

            await Task.Delay(50);
        }

        Say($"quiet after {Stopwatch.GetElapsedTime(patience).TotalSeconds:0.0} s");
    }

    /// <summary>Everything is looked at once more, also after a clean restart; then the folder itself.</summary>
    private async Task EndAsync(ServerProcess server)
    {
        foreach (var report in ledger.Reports.Values)
        {
            await pages.CheckAsync(report);
            if (!ledger.Decisions.TryGetValue(report.Reference, out var decision)) ledger.Break($"{report.Reference}: no decision was made");
            else if (decision.Routes.Contains("Takedown") && !ledger.Filings.ContainsKey(report.Reference)) ledger.Break($"{report.Reference}: its request was not filed");
        }

        foreach (var alert in ledger.Alerts.Values)
        {
            await pages.CheckAsync(alert);
            if (!ledger.Acknowledgements.ContainsKey(alert.Reference)) ledger.Break($"{alert.Reference}: nobody has confirmed it");
        }

        if (await server.HealthAsync() is var health and not 200) ledger.Break($"/health answers {health}");
        foreach (var line in await FolderAudit.CheckAsync(server)) ledger.Break(line);
        foreach (var line in mails.Check()) ledger.Break(line);
    }

    private int Report(int cut, TimeSpan took)
    {
        foreach (var line in ledger.Broken.Distinct(StringComparer.Ordinal)) Say("BROKEN " + line);
        var broken = ledger.Broken.Distinct(StringComparer.Ordinal).Count();
        Say($"{(broken == 0 ? "all holds" : $"{broken} BROKEN")}: seed {options.Seed}, {options.Kills} kills, {cut} POST cut off, {ledger.TakenUnseen} of them taken, {ledger.Torn} uploads torn; {ledger}; "
            + $"{post.All().Count} mails, {mails.Repeated} of them repeated by a kill; {took.TotalSeconds:0} s");
        if (broken == 0 && !options.Keep) folder.Delete(recursive: true);
        else Say($"The folder is left at {folder.FullName}.");
        return broken == 0 ? 0 : 1;
    }

    private Random Chance() => new(random.Next());

    private static void Say(string line) => Console.WriteLine(line);

    // Links and references are of no use in a line.
    private static string Short(string path) => path.StartsWith("/t/", StringComparison.Ordinal) ? path.EndsWith("/code", StringComparison.Ordinal) ? "code" : "ask for code" : path.StartsWith("/tasks/", StringComparison.Ordinal) ? "answer" : path;

    private static string ServerPath() =>
        System.Reflection.CustomAttributeExtensions.GetCustomAttributes<System.Reflection.AssemblyMetadataAttribute>(typeof(CrashRun).Assembly).Single(a => a.Key == "ServerPath").Value is { } path && File.Exists(path)
            ? Path.GetFullPath(path)
            : throw new InvalidOperationException("The server was not built beside the harness.");

    // Kept through the run: links in mails and cookies belong to it. Below the range from which systems take ports by themselves.
    private static Uri FreeAddress()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return new Uri($"http://127.0.0.1:{port}");
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
