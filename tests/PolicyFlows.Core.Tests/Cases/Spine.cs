using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Cases;

/// <summary>The services of the field on records in memory, two clocks, an engine that only notes what is asked of it, and a mail server.</summary>
internal sealed class Spine : IAsyncDisposable
{
    public const string School = DemonstrationSeed.FirstSchool, Manager = DemonstrationSeed.Manager, Deputy = DemonstrationSeed.FirstDeputy,
        SecondDeputy = DemonstrationSeed.SecondDeputy, Head = DemonstrationSeed.Headteacher, Teacher = DemonstrationSeed.Teacher, Colleague = DemonstrationSeed.SecondTeacher;

    private readonly ServiceProvider services;

    private Spine(IRecordStore records, MailClaims? claims = null)
    {
        Records = new Tampered(records);
        Mail = new Postman(Time);
        var collection = new ServiceCollection().AddLogging();
        if (claims is not null) collection.AddSingleton(claims);
        services = collection
            .AddSingleton<IRecordStore>(Records).AddSingleton<IEvidenceStore>(Evidence).AddSingleton<DurableTaskClient>(Engine).AddSingleton<IMailTransport>(Mail)
            .AddSingleton<IMailWriter>(Mail).AddSingleton(new ServerKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()))
            .AddSingleton(new BusinessClock(Time)).AddSingleton<TimeProvider>(System).AddPolicyFlowsCore().BuildServiceProvider();
    }

    public Tampered Records { get; }

    public NotedEngine Engine { get; } = new();

    public Postman Mail { get; }

    public Blobs Evidence { get; } = new();

    /// <summary>Business time: Monday 5 October 2026, 10:00 in London.</summary>
    public Clock Time { get; } = new(new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero));

    /// <summary>System time.</summary>
    public Clock System { get; } = new(new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero));

    public CaseStore Cases => Get<CaseStore>();

    public static async Task<Spine> StartAsync(IRecordStore? records = null, Func<TrustDirectory, TrustDirectory>? people = null, MailClaims? claims = null)
    {
        var spine = new Spine(records ?? new InMemoryRecordStore(), claims);
        var seed = DemonstrationSeed.Create();
        await spine.Get<DirectoryStore>().CreateAsync(people?.Invoke(seed) ?? seed);
        return spine;
    }

    /// <summary>The same records in a fresh process.</summary>
    public Task<Spine> RestartAsync(MailClaims? claims = null) => Task.FromResult(new Spine(Records.Inner, claims) { Time = { Now = Time.Now }, System = { Now = System.Now } });

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public ProcessContext As(string person, string process = "test") => new(process, person, Time.Now);

    public Task<IncidentRecord> ReportAsync(
        string reference = "INC-22222222", string? colleague = null, int targets = 1, string story = "Somebody posted insults.", string? reporter = Teacher, params string[] named)
    {
        var me = Person(reporter);
        return Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = reference, ReceiptCode = "ABCDE-FGHJK-MNPQR-STVWX-23456", SchoolId = School, Story = new(story), Reporter = me,
            Harmed = colleague is null ? me : Person(colleague), NamedPersonIds = named, Targets = [.. Enumerable.Range(1, targets).Select(Target)],
        }, As(me.PersonId ?? CasePeople.ReporterKey, "report"));
    }

    public static TargetOptions Target(int no) => new(TargetKind.Post, $"https://forum.example/{no}", $"https://forum.example/{no}", null, Host.UnknownId, OwnAccount: false);

    /// <summary>Runs the incident's turn, which asks for the decision.</summary>
    public Task<string?> TurnAsync(string reference = "INC-22222222") => Get<TurnOfIncident>().RunAsync(new("t", "i"), $"{reference}~case");

    /// <summary>Reported, asked and decided by the manager.</summary>
    public async Task<IncidentRecord> DecidedAsync(params IncidentRoute[] routes)
    {
        var incident = await ReportAsync();
        await TurnAsync(incident.Reference);
        await DecideAsync(incident.Reference, Manager, "decide-1", routes);
        return await IncidentAsync(incident.Reference);
    }

    public Task DecideAsync(string reference, string person, string task, params IncidentRoute[] routes) =>
        Get<DecisionDesk>().DecideAsync(reference, new(task, routes, Ground.Harassment, "It is insulting."), As(person));

    public Task<TakedownTurn> TakedownTurnAsync(string reference, int no = 1) => Get<TurnOfTakedown>().RunAsync(new("t", "i"), $"{reference}~{no:D2}");

    public Task<TaskSeen> LookAsync(string reference, string task) => Get<LookAtTask>().RunAsync(new("t", "i"), new($"{reference}~{task}", "i"));

    public Task<IncidentRecord> IncidentAsync(string reference) => Cases.NeedAsync<IncidentRecord>(reference, Rows.Case);

    public Task<TaskRecord> TaskAsync(string reference, string task) => Cases.NeedAsync<TaskRecord>(reference, Rows.Task(task));

    public Task<TakedownRecord> TakedownAsync(string reference, int no = 1) => Cases.NeedAsync<TakedownRecord>(reference, Rows.Takedown(no));

    public async Task<IReadOnlyList<string>> OpenTasksAsync(string reference) =>
        [.. (await Cases.ListAsync<TaskRecord>(reference, Rows.TaskPrefix)).Where(t => t.Value.IsOpen).Select(t => t.Value.Id)];

    public async Task<IReadOnlyList<string>> CodesAsync(string reference) =>
        [.. (await Cases.ListAsync<TimelineEntry>(reference, Rows.TimelinePrefix)).Select(e => e.Value.Code)];

    public async Task<IReadOnlyList<OutboxRow>> OutboxAsync(string reference) =>
        [.. (await Cases.ListAsync<OutboxRow>(reference, Rows.OutPrefix)).Select(m => m.Value)];

    /// <summary>Keys of rows of a case.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string caseId, string prefix) => [.. (await Records.RangeAsync(caseId, prefix)).Rows.Select(r => r.Row)];

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static CasePerson Person(string? id) =>
        id is null ? new(null, null, null) : DemonstrationSeed.Create().Person(id) is { } p ? new(p.Id, p.Name, p.Email) : new(null, id, null);
}

/// <summary>Time that stands still until it is set.</summary>
internal sealed class Clock(DateTimeOffset at) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Records of a test, which may step in before a write.</summary>
internal sealed class Tampered(IRecordStore inner) : IRecordStore
{
    /// <summary>Done before each commit: throws, or writes something else first.</summary>
    public Func<string, IReadOnlyList<RowWrite>, Task>? BeforeCommit { get; set; }

    /// <summary>Done before each read of one row.</summary>
    public Func<string, string, Task>? BeforeGet { get; set; }

    /// <summary>Done before each range of rows is read, with partition and prefix.</summary>
    public Func<string, string, Task>? BeforeRange { get; set; }

    /// <summary>The store behind, without tampering.</summary>
    public IRecordStore Inner => inner;

    public async Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default)
    {
        if (BeforeGet is { } step) await step(partition, row);
        return await inner.GetAsync(partition, row, cancellation);
    }

    public async Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default)
    {
        if (BeforeRange is { } step) await step(partition, prefix);
        return await inner.RangeAsync(partition, prefix, continuation, take, cancellation);
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        if (BeforeCommit is { } step) await step(partition, writes);
        return await inner.CommitAsync(partition, writes, cancellation);
    }

    /// <summary>Changes the data of a row behind the program's back.</summary>
    public async Task EditAsync(string partition, string row, Func<string, string> edit)
    {
        var old = (await inner.GetAsync(partition, row))!;
        await inner.CommitAsync(partition, [new RowWrite.Replace(row, edit(old.Data), old.Tag)]);
    }

    /// <summary>Removes a row behind the program's back.</summary>
    public async Task RemoveAsync(string partition, string row) =>
        await inner.CommitAsync(partition, [new RowWrite.Delete(row, (await inner.GetAsync(partition, row))!.Tag)]);
}

/// <summary>An engine that runs nothing.</summary>
internal sealed class NotedEngine : DurableTaskClient
{
    private readonly Lock gate = new();

    public List<string> Started { get; } = [];

    public List<string> Raised { get; } = [];

    /// <summary>Instances that are there, with their status.</summary>
    public Dictionary<string, OrchestrationRuntimeStatus> Instances { get; } = [];

    /// <summary>Ids at which the engine fails.</summary>
    public HashSet<string> Poison { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(string orchestratorName, object? input, string instanceId, CancellationToken cancellation = default)
    {
        if (Poison.Contains(instanceId)) throw new InvalidOperationException("poison");
        lock (gate) Started.Add(instanceId);
        return Task.FromResult(instanceId);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        if (!Instances.ContainsKey(instanceId)) throw new InstanceNotFoundException(instanceId);
        lock (gate) Raised.Add($"{instanceId} {eventName}");
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        Task.FromResult(Instances.TryGetValue(instanceId, out var status) ? new OrchestrationMetadata(instanceId, "n", "1", status, default, default, null, null, null, null) : null);

    public override Task<IReadOnlyList<OrchestrationMetadata>> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<OrchestrationMetadata>>([]);

    public override Task TerminateInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) => Task.CompletedTask;

    public override Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default) => Task.FromResult(true);
}

/// <summary>Writes and takes mail. Texts are the key of the outbox row; addresses the key of the person.</summary>
internal sealed class Postman(Clock time) : IMailTransport, IMailWriter
{
    public List<string> Sent { get; } = [];

    public List<DateTimeOffset> SentAt { get; } = [];

    /// <summary>Every message that was offered, taken or not.</summary>
    public List<string> Offered { get; } = [];

    /// <summary>Done with each message before it is taken.</summary>
    public Action<MailMessageText>? Before { get; set; }

    /// <summary>Outbox keys that cannot be written.</summary>
    public HashSet<string> Unwritable { get; } = [];

    public Task<MailMessageText?> WriteAsync(string caseId, OutboxRow row, CancellationToken cancellation = default) => Unwritable.Contains(row.Key)
        ? throw new InvalidOperationException("no text")
        : Task.FromResult<MailMessageText?>(new($"{caseId}.{row.Key}@test", row.To + "@test.example", row.To, row.Key, "", row.Lane, time.Now));

    public Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        lock (Sent)
        {
            Offered.Add(message.MessageId);
            Before?.Invoke(message);
            Sent.Add(message.MessageId);
            SentAt.Add(time.Now);
        }

        return Task.CompletedTask;
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(null);
}

/// <summary>Evidence in memory.</summary>
internal sealed class Blobs : IEvidenceStore
{
    public Dictionary<string, byte[]> All { get; } = [];

    /// <summary>When each came in, system time; left out means now.</summary>
    public Dictionary<string, DateTimeOffset> At { get; } = [];

    public Task<DateTimeOffset?> ReceivedAtAsync(string blobId, CancellationToken cancellation = default) =>
        Task.FromResult<DateTimeOffset?>(All.ContainsKey(blobId) ? At.GetValueOrDefault(blobId, DateTimeOffset.MaxValue) : null);

    public async Task<ReceivedEvidence> ReceiveAsync(string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation = default)
    {
        var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        All[blobId] = copy.ToArray();
        return new(blobId, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(All[blobId])), copy.Length, "text/plain");
    }

    public Task<Stream?> OpenAsync(string blobId, CancellationToken cancellation = default) =>
        Task.FromResult<Stream?>(All.TryGetValue(blobId, out var bytes) ? new MemoryStream(bytes) : null);

    /// <summary>What was taken out of quarantine, in order.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>Refuses to take this one out of quarantine.</summary>
    public string? Stuck { get; set; }

    public Task KeepAsync(string blobId, CancellationToken cancellation = default)
    {
        if (blobId == Stuck) throw new IOException("The store is down.");
        Kept.Add(blobId);
        return Task.CompletedTask;
    }

    public Task SetLegalHoldAsync(string blobId, bool hold, CancellationToken cancellation = default) => Task.CompletedTask;

    public Task DeleteAsync(string blobId, CancellationToken cancellation = default)
    {
        All.Remove(blobId);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var id in All.Keys) yield return await Task.FromResult(id);
    }
}
