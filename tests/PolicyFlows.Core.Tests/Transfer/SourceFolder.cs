using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Tests.Records;
using PolicyFlows.Core.Transfer;

namespace PolicyFlows.Core.Tests.Transfer;

/// <summary>Records in memory and files on the disk with two reports, each with a file, one of them decided, and a draft with a file.</summary>
internal sealed class SourceFolder : IAsyncDisposable
{
    public const string Undecided = "INC-33333333", Decided = "INC-22222222";
    private readonly TempFolder folder = new();
    private readonly Spine spine;

    private SourceFolder(InMemoryRecordStore records, Spine spine)
    {
        Records = records;
        this.spine = spine;
    }

    public InMemoryRecordStore Records { get; }

    /// <summary>The originals.</summary>
    public Blobs Evidence => spine.Evidence;

    /// <summary>Place of the export.</summary>
    public string Target => folder.File("export");

    public static async Task<SourceFolder> MakeAsync()
    {
        var records = new InMemoryRecordStore();
        var source = new SourceFolder(records, await Spine.StartAsync(records));
        await source.spine.DecidedAsync(IncidentRoute.Takedown);
        await source.AttachAsync(Decided, "of-decided", source.spine.Time.Now.AddMinutes(-5));
        await source.spine.ReportAsync(Undecided);
        await source.AttachAsync(Undecided, "of-undecided", source.spine.Time.Now);
        var draft = await source.ReceiveAsync("of-draft");
        var drafts = source.spine.Get<DraftStore>();
        await drafts.ChangeAsync(await drafts.BeginAsync("INC"), d => d with { Files = [new(draft, "a.txt", source.spine.Time.Now)] });
        await source.ReceiveAsync("of-nobody");
        foreach (var file in source.Evidence.All.Keys) source.Evidence.At[file] = source.spine.System.Now;
        return source;
    }

    /// <summary>Exports it.</summary>
    public async Task<ExportFolder> ExportAsync(FolderKind? kind = null, bool moved = true, Action? beforeName = null)
    {
        await new Export(Records, Evidence, spine.System).WriteAsync(Target, new(kind ?? FolderKind.Real, spine.System.Now.AddDays(-9), moved, beforeName));
        return ExportFolder.Open(Target);
    }

    /// <summary>Every row as text, without tags.</summary>
    public static async Task<List<string>> AllOfAsync(IAllRows rows)
    {
        var all = new List<string>();
        await rows.ReadAllAsync(row => all.Add($"{row.Partition} {row.Row} {row.Data}"));
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await spine.DisposeAsync();
        folder.Dispose();
    }

    private async Task AttachAsync(string reference, string id, DateTimeOffset at)
    {
        var file = await ReceiveAsync(id);
        await spine.Cases.ChangeAsync(reference, spine.As(Spine.Teacher), change =>
        {
            change.Put(Rows.Evidence(1), new EvidenceItem
            {
                No = 1, BlobId = id, Sha256 = file.Sha256, Bytes = file.Bytes, MediaType = file.MediaType, FileName = "a.txt", ReceivedAt = at, ByKey = Spine.Teacher,
            });
            change.Note(EvidenceHolders.Received, "8.2", "evidence-1", fact: file.Sha256);
            return Task.CompletedTask;
        });
    }

    private Task<ReceivedEvidence> ReceiveAsync(string id) => Evidence.ReceiveAsync(id, new MemoryStream([.. id.Select(c => (byte)c)]), "a.txt", 100);
}

/// <summary>Where an import goes: records and originals in memory, and a store that is cut off after some writes.</summary>
internal sealed class TargetStores : IEvidenceRestore
{
    public TargetStores() => Watched = new(Records);

    public InMemoryRecordStore Records { get; } = new();

    public Tampered Watched { get; }

    public Blobs Evidence { get; } = new();

    public List<string> OutOfQuarantine { get; } = [];

    /// <summary>Loads an export.</summary>
    public Task<ImportResult> LoadAsync(ExportFolder export, ImportTerms? terms = null) =>
        new Import(Watched, Records, Evidence, this, TimeProvider.System).LoadAsync(export, terms ?? new(), _ => { });

    public async Task<bool> RestoreAsync(ExportedEvidence item, Stream content, CancellationToken cancellation = default)
    {
        if (Evidence.All.ContainsKey(item.Id)) return false;
        var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        Evidence.All[item.Id] = copy.ToArray();
        Evidence.At[item.Id] = item.ReceivedAt;
        if (item.Decided) OutOfQuarantine.Add(item.Id);
        return true;
    }
}
