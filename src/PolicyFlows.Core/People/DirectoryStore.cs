using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.People;

/// <summary>
/// Keeps the directory as rows of the partition <c>directory</c>: <c>settings</c>, <c>school:…</c>, <c>person:…</c>, <c>absence:…</c>, and
/// <c>version</c>, which every change replaces, with the configuration log (<see cref="ConfigurationLog"/>) beside them. A read costs one row while
/// nothing changed.
/// </summary>
public sealed class DirectoryStore(IRecordStore records)
{
    /// <summary>Partition of all rows.</summary>
    public const string Partition = "directory";

    private const string SettingsRow = "settings";
    private const string VersionRow = "version";
    private const int LargestBatch = 100;

    private volatile Cached? _cached;

    /// <summary>Raised after this process read another version.</summary>
    public event EventHandler? Changed;

    /// <summary>What this process read last, without asking the store: for telephone numbers on the page that says that the store has failed.</summary>
    public TrustDirectory? LastKnown => _cached?.Directory;

    /// <summary>The directory, or null while none was created.</summary>
    public async Task<TrustDirectory?> LoadAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var version = await records.GetAsync(Partition, VersionRow, cancellation);
            if (version is null)
            {
                return null;
            }

            if (_cached is { } cached && string.Equals(cached.Tag, version.Tag, StringComparison.Ordinal))
            {
                return cached.Directory;
            }

            var directory = await ReadAsync(cancellation);
            var after = await records.GetAsync(Partition, VersionRow, cancellation);

            // A change landed between the pages of the read: what was read may be half of each.
            if (!string.Equals(after?.Tag, version.Tag, StringComparison.Ordinal))
            {
                continue;
            }

            _cached = new Cached(version.Tag, directory);
            Changed?.Invoke(this, EventArgs.Empty);
            return directory;
        }
    }

    /// <summary>The directory.</summary>
    /// <exception cref="InvalidOperationException">None was created.</exception>
    public async Task<TrustDirectory> RequireAsync(CancellationToken cancellation = default) =>
        await LoadAsync(cancellation) ?? throw new InvalidOperationException("This data folder has no directory of people yet.");

    /// <summary>Writes a whole directory into a folder that has none. It exists for readers only once all of it is written; a broken-off try is completed by the next.</summary>
    /// <exception cref="RecordConflictException">There is one already.</exception>
    public async Task CreateAsync(TrustDirectory directory, CancellationToken cancellation = default)
    {
        if (await records.GetAsync(Partition, VersionRow, cancellation) is not null)
        {
            throw new RecordConflictException(Partition, VersionRow);
        }

        var wanted = new List<(string Row, string Data)> { (SettingsRow, Json.Write(directory.Settings)!) };
        wanted.AddRange(directory.Schools.Select(school => (Key(school), Json.Write(school)!)));
        wanted.AddRange(directory.People.Select(person => (Key(person), Json.Write(person)!)));
        wanted.AddRange(directory.Absences.Select(absence => (Key(absence), Json.Write(absence)!)));

        var stored = (await RowsAsync("", cancellation)).ToDictionary(row => row.Row, row => row.Tag, StringComparer.Ordinal);
        var writes = wanted.Select(row => stored.TryGetValue(row.Row, out var tag)
            ? (RowWrite)new RowWrite.Replace(row.Row, row.Data, tag)
            : new RowWrite.Insert(row.Row, row.Data)).ToList();
        writes.AddRange(stored.Where(row => wanted.TrueForAll(want => want.Row != row.Key)).Select(row => new RowWrite.Delete(row.Key, row.Value)));
        writes.Add(new RowWrite.Insert(VersionRow, Json.Write(new DirectoryVersion(1))!));
        foreach (var batch in writes.Chunk(LargestBatch))
        {
            await records.CommitAsync(Partition, batch, cancellation);
        }
    }

    /// <summary>Adds or changes rows, all or none, together with rows that record who did it and why.</summary>
    /// <param name="alongside">Those rows, by the number that the directory's version then has.</param>
    /// <exception cref="RecordConflictException">Somebody else changed the directory meanwhile: read it again.</exception>
    /// <exception cref="RecordLimitException">More than 100 rows.</exception>
    public async Task<TrustDirectory> SaveAsync(DirectoryChange change, Func<int, IReadOnlyList<RowWrite>>? alongside = null, CancellationToken cancellation = default)
    {
        var version = await records.GetAsync(Partition, VersionRow, cancellation) ?? throw new RecordConflictException(Partition, VersionRow);
        var wanted = new List<(string Row, string? Data)>();
        if (change.Settings is { } settings)
        {
            wanted.Add((SettingsRow, Json.Write(settings)));
        }

        wanted.AddRange(change.Schools.Select(school => (Key(school), Json.Write(school))));
        wanted.AddRange(change.People.Select(person => (Key(person), Json.Write(person))));
        wanted.AddRange(change.Absences.Select(absence => (Key(absence), Json.Write(absence))));
        wanted.AddRange(change.RemovedAbsenceIds.Select(id => ("absence:" + id, (string?)null)));

        var number = (Json.Read<DirectoryVersion>(version.Data)?.Number ?? 0) + 1;
        var writes = new List<RowWrite>(alongside?.Invoke(number) ?? []);
        foreach (var (row, data) in wanted)
        {
            var stored = await records.GetAsync(Partition, row, cancellation);
            if (data is null)
            {
                if (stored is not null)
                {
                    writes.Add(new RowWrite.Delete(row, stored.Tag));
                }
            }
            else
            {
                writes.Add(stored is null ? new RowWrite.Insert(row, data) : new RowWrite.Replace(row, data, stored.Tag));
            }
        }

        writes.Add(new RowWrite.Replace(VersionRow, Json.Write(new DirectoryVersion(number))!, version.Tag));
        await records.CommitAsync(Partition, writes, cancellation);
        return await RequireAsync(cancellation);
    }

    private static string Key(School school) => "school:" + school.Id;

    private static string Key(Person person) => "person:" + person.Id;

    private static string Key(Absence absence) => "absence:" + absence.Id;

    private async Task<TrustDirectory> ReadAsync(CancellationToken cancellation)
    {
        var settings = await records.GetAsync(Partition, SettingsRow, cancellation) ?? throw new InvalidDataException("The directory has no settings.");
        return new TrustDirectory(Read<TrustSettings>(settings), await OfAsync<School>("school:"), await OfAsync<Person>("person:"), await OfAsync<Absence>("absence:"));

        async Task<IEnumerable<T>> OfAsync<T>(string prefix) => (await RowsAsync(prefix, cancellation)).Select(Read<T>);
    }

    private async Task<List<StoredRow>> RowsAsync(string prefix, CancellationToken cancellation)
    {
        var rows = new List<StoredRow>();
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(Partition, prefix, continuation, cancellation: cancellation);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }

    private static T Read<T>(StoredRow row) => Json.Read<T>(row.Data) ?? throw new InvalidDataException($"Row '{row.Row}' of the directory is empty.");

    private sealed record Cached(string Tag, TrustDirectory Directory);

    private sealed record DirectoryVersion(int Number, int V = 1);
}

/// <summary>What to add or change; rows with a known id replace it.</summary>
public sealed record DirectoryChange
{
    /// <summary>New settings, or null.</summary>
    public TrustSettings? Settings { get; init; }

    /// <summary>Schools to add or change.</summary>
    public IReadOnlyList<School> Schools { get; init; } = [];

    /// <summary>People to add or change.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Absences to add or change.</summary>
    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>Absences to remove; an unknown id is no error.</summary>
    public IReadOnlyList<string> RemovedAbsenceIds { get; init; } = [];
}
