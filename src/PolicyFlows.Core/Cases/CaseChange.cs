using System.Security.Cryptography;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Cases;

/// <summary>
/// One act on one case: reads with tags, collects writes, timeline entries, wake-ups and outbox rows, and becomes one batch.
/// Whatever was read is written back only if nobody else changed the case meanwhile.
/// </summary>
public sealed class CaseChange(string caseId, ProcessContext context, IRecordStore records, CancellationToken cancellation)
{
    private readonly Dictionary<string, StoredRow?> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> changed = new(StringComparer.Ordinal);
    private readonly List<TimelineEntry> entries = [];
    private readonly List<TimelineText?> texts = [];
    private readonly List<Wakeup> wakeups = [];
    private ChainHead chain = new(0, "");

    /// <summary>The case's partition.</summary>
    public string CaseId => caseId;

    /// <summary>Who, when, why.</summary>
    public ProcessContext Context => context;

    /// <summary>The instant of the act.</summary>
    public DateTimeOffset Now => context.At;

    /// <summary>True when the act decided to write nothing.</summary>
    public bool IsEmpty => changed.Count == 0 && entries.Count == 0 && wakeups.Count == 0;

    /// <summary>Wake-ups of the act, for draining at once after the commit.</summary>
    public IReadOnlyList<Wakeup> Wakeups => wakeups;

    /// <summary>True when the case has no timeline yet.</summary>
    public bool IsNew => chain.Count - entries.Count == 0;

    internal async Task OpenAsync()
    {
        var row = await ReadAsync(Rows.Chain);
        chain = row is null ? new(0, Timeline.Genesis(caseId)) : Json.Read<ChainHead>(row.Data)!;
    }

    /// <summary>A record of the case as this act sees it, or null.</summary>
    public async Task<T?> GetAsync<T>(string row) where T : class
    {
        // A case row may be read as what all types share after it was written as its own type.
        if (changed.TryGetValue(row, out var mine)) return mine as T ?? Json.Read<T>(Json.Write(mine));
        var stored = await ReadAsync(row);
        return stored is null ? null : Json.Read<T>(stored.Data);
    }

    /// <summary>A record that must be there.</summary>
    /// <exception cref="CaseRecordMissingException">It is not.</exception>
    public async Task<T> NeedAsync<T>(string row) where T : class =>
        await GetAsync<T>(row) ?? throw new CaseRecordMissingException(caseId, row);

    /// <summary>All records of a family, in key order, as this act sees them.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string prefix) where T : class
    {
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(caseId, prefix, continuation, cancellation: cancellation);
            foreach (var row in page.Rows) seen.TryAdd(row.Row, row);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return [.. seen.Where(s => s.Value is not null && s.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Key)
            .Union(changed.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(k => changed.TryGetValue(k, out var mine) ? (T?)mine : Json.Read<T>(seen[k]!.Data))
            .OfType<T>()];
    }

    /// <summary>Writes a record. One that exists must have been read by this act first.</summary>
    public void Put<T>(string row, T value) where T : class => changed[row] = value;

    /// <summary>Removes a record that this act has read.</summary>
    public void Remove(string row) => changed[row] = null;

    /// <summary>Appends a timeline entry.</summary>
    /// <param name="text">Shown to those who may read the case; may be erased later.</param>
    /// <param name="fact">Covered by the chain for ever: a code or hash, never a name.</param>
    public void Note(string code, string? clause = null, string? subject = null, string? text = null, string? fact = null)
    {
        var kept = text is null ? null : new TimelineText(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), text);
        var entry = new TimelineEntry
        {
            No = chain.Count + 1, At = context.At, Code = code, PersonKey = context.PersonKey, OnBehalfOf = context.OnBehalfOf, Process = context.Process,
            Clause = clause, Subject = subject, Fact = fact, TextHash = kept is null ? null : Timeline.HashText(kept), Previous = chain.Head, Hash = "",
        };
        entry = entry with { Hash = entry.ComputeHash() };
        chain = chain with { Count = entry.No, Head = entry.Hash };
        entries.Add(entry);
        texts.Add(kept);
    }

    /// <summary>Something that must happen soon after the commit (architecture rule 3).</summary>
    public void Wake(Wakeup wakeup)
    {
        if (!wakeups.Contains(wakeup)) wakeups.Add(wakeup);
    }

    /// <summary>Makes an orchestration run, on the id "case~input", from <paramref name="from"/> on, until its own end removes the row. Starting it again is harmless.</summary>
    public async Task StartAsync(string name, string instanceId, string input, DateTimeOffset? from = null)
    {
        var row = Rows.Work(instanceId);
        await ReadAsync(row);
        Put(row, new WorkRow(name, instanceId, $"{caseId}~{input}", from ?? Now));
        if ((from ?? Now) <= Now) Wake(Wakeup.Start(name, instanceId, $"{caseId}~{input}"));
    }

    /// <summary>The orchestration's record has come to its end.</summary>
    public async Task EndAsync(string instanceId)
    {
        var row = Rows.Work(instanceId);
        if (await ReadAsync(row) is not null || changed.ContainsKey(row)) Remove(row);
    }

    /// <summary>Queues a mail once per key; a second call with the same key does nothing (architecture rule 5).</summary>
    /// <returns>False when it was queued before.</returns>
    public async Task<bool> MailAsync(OutboxRow mail)
    {
        var row = Rows.Out(mail.Key);
        if (changed.ContainsKey(row) || await ReadAsync(row) is not null) return false;
        Put(row, mail);
        Wake(Wakeup.Mail(mail.Key, mail.Lane));
        return true;
    }

    internal IReadOnlyList<RowWrite> Build()
    {
        if (entries.Count == 0 && changed.Keys.Any(row => !row.StartsWith(Rows.WorkPrefix, StringComparison.Ordinal)))
            throw new InvalidOperationException($"The act '{context.Process}' on {caseId} writes without a timeline entry.");
        var writes = new List<RowWrite>();
        foreach (var (row, value) in changed)
        {
            var before = seen.GetValueOrDefault(row);
            if (value is null && before is not null) writes.Add(new RowWrite.Delete(row, before.Tag));
            else if (value is not null && before is null) writes.Add(new RowWrite.Insert(row, Json.Write(value)!));
            else if (value is not null) writes.Add(new RowWrite.Replace(row, Json.Write(value)!, before!.Tag));
        }

        for (var i = 0; i < entries.Count; i++)
        {
            writes.Add(new RowWrite.Insert(Rows.Timeline(entries[i].No), Json.Write(entries[i])!));
            if (texts[i] is { } text) writes.Add(new RowWrite.Insert(Rows.Text(entries[i].No), Json.Write(text)!));
        }

        // Wake-up rows carry the number of the act, not of its last entry: an act may have none, and its rows must not meet those of the act before.
        var acts = chain.Acts + 1;
        for (var i = 0; i < wakeups.Count; i++)
            writes.Add(new RowWrite.Insert($"{Rows.WakePrefix}{acts:D8}-{i:D2}", Json.Write(wakeups[i])!));
        var head = Json.Write(chain with { Acts = acts })!;
        writes.Add(seen[Rows.Chain] is { } old ? new RowWrite.Replace(Rows.Chain, head, old.Tag) : new RowWrite.Insert(Rows.Chain, head));
        return writes;
    }

    private async Task<StoredRow?> ReadAsync(string row)
    {
        if (seen.TryGetValue(row, out var known)) return known;
        return seen[row] = await records.GetAsync(caseId, row, cancellation);
    }
}

/// <summary>A record that the case must have is not there.</summary>
public sealed class CaseRecordMissingException(string caseId, string row) : Exception($"Case {caseId} has no record '{row}'.");
