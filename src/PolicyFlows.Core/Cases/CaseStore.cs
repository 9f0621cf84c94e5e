using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Cases;

/// <summary>The only way to change a case: read, decide, write as one batch; on a conflict everything is read and decided again.</summary>
public sealed class CaseStore(IRecordStore records, CaseListing listing, WakeupSignal signal)
{
    private const int Attempts = 40;

    /// <summary>Runs an act and commits what it collected. Nothing is written if it throws or collects nothing.</summary>
    /// <exception cref="RecordConflictException">Others kept changing the case; nothing was written.</exception>
    public async Task<T> ChangeAsync<T>(string caseId, ProcessContext context, Func<CaseChange, Task<T>> act, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var change = new CaseChange(caseId, context, records, cancellation);
            await change.OpenAsync();
            var result = await act(change);
            if (change.IsEmpty) return result;
            // Listed first: a case with work in it can always be found by the sweep, a listed case without rows harms nobody.
            await listing.EnsureListedAsync(caseId, cancellation);
            try
            {
                await records.CommitAsync(caseId, change.Build(), cancellation);
            }
            catch (RecordConflictException) when (attempt < Attempts)
            {
                continue;
            }

            signal.Notify(caseId);
            return result;
        }
    }

    /// <inheritdoc cref="ChangeAsync{T}"/>
    public Task ChangeAsync(string caseId, ProcessContext context, Func<CaseChange, Task> act, CancellationToken cancellation = default) =>
        ChangeAsync(caseId, context, async change => { await act(change); return true; }, cancellation);

    /// <summary>A record of a case, or null.</summary>
    public async Task<T?> GetAsync<T>(string caseId, string row, CancellationToken cancellation = default) where T : class =>
        await records.GetAsync(caseId, row, cancellation) is { } stored ? Json.Read<T>(stored.Data) : null;

    /// <summary>A record that must be there.</summary>
    /// <exception cref="CaseRecordMissingException">It is not.</exception>
    public async Task<T> NeedAsync<T>(string caseId, string row, CancellationToken cancellation = default) where T : class =>
        await GetAsync<T>(caseId, row, cancellation) ?? throw new CaseRecordMissingException(caseId, row);

    /// <summary>All records of a family with their row keys, in key order.</summary>
    public async Task<IReadOnlyList<(string Row, T Value)>> ListAsync<T>(string caseId, string prefix, CancellationToken cancellation = default) where T : class
    {
        var found = new List<(string, T)>();
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(caseId, prefix, continuation, cancellation: cancellation);
            found.AddRange(page.Rows.Select(r => (r.Row, Json.Read<T>(r.Data)!)));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return found;
    }
}
