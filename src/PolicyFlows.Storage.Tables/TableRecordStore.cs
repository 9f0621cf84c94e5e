using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Storage.Tables;

/// <summary>Records in one table of Azure Table Storage. A batch is an entity group transaction; a tag is the entity's ETag.</summary>
public sealed class TableRecordStore(TableClient table) : IRecordStore, IAllRows
{
    /// <summary>Name of the table.</summary>
    public const string TableName = "records";

    // Every key is printable ASCII, so what begins with a prefix lies before the prefix and this character.
    private const char AfterEveryKey = '\u00A1';
    private const string TagStart = "W/\"";

    /// <summary>Makes the table if it is not there.</summary>
    public static async Task<TableRecordStore> OpenAsync(TableServiceClient account, CancellationToken cancellation = default)
    {
        var table = account.GetTableClient(TableName);
        try
        {
            // Asked first: who may write to a table need not be allowed to make one.
            await table.GetEntityAsync<TableEntity>("none", "none", cancellationToken: cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            await table.CreateIfNotExistsAsync(cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            // The table is there, and the row that nobody writes is not.
        }

        return new TableRecordStore(table);
    }

    /// <inheritdoc/>
    public async Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return await FindAsync(partition, row, cancellation) is { } entity ? ToRow(entity) : null;
    }

    /// <inheritdoc/>
    public async Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = RecordLimits.RowsPerPage, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        if (!RecordLimits.IsKey(partition) || !RecordLimits.IsPrefix(prefix)) return new RowPage([], null);
        take = Math.Min(take, RecordLimits.RowsPerPage);
        var (from, end) = (continuation ?? "", prefix + AfterEveryKey);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey gt {from} and RowKey lt {end}");
        var rows = new List<StoredRow>();
        // One more than asked for tells whether there is a next page; the service gives 1,000 at most at once.
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, Math.Min(take + 1, RecordLimits.RowsPerPage), cancellationToken: cancellation))
        {
            if (rows.Count == take) return new RowPage(rows, rows[^1].Row);
            rows.Add(ToRow(entity));
        }

        return new RowPage(rows, null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        RecordLimits.Check(partition, writes);
        if (writes.FirstOrDefault(HasForeignTag) is { } foreign) throw new RecordConflictException(partition, foreign.Row);
        var commit = Guid.NewGuid();
        try
        {
            var results = await table.SubmitTransactionAsync(writes.Select(write => ToAction(partition, write, commit)), cancellation);
            return [.. writes.Select((write, i) => write is RowWrite.Delete ? null : results.Value[i].Headers.ETag!.Value.ToString())];
        }
        catch (TableTransactionFailedException refused) when (IsConflict(refused))
        {
            return await OwnTagsAsync(partition, writes, commit, cancellation)
                ?? throw new RecordConflictException(partition, writes[refused.FailedTransactionActionIndex ?? 0].Row);
        }
    }

    /// <inheritdoc/>
    public async Task ReadAllAsync(Action<StoredRow> see, CancellationToken cancellation = default)
    {
        // The service gives them by partition and row key, ordinal.
        await foreach (var entity in table.QueryAsync<TableEntity>(cancellationToken: cancellation)) see(ToRow(entity));
    }

    /// <summary>
    /// The tags of a batch that conflicts only with itself: the client sends again what got no answer, and the first sending may have arrived.
    /// Null when the batch was not written, or somebody has replaced a row of it since.
    /// </summary>
    private async Task<IReadOnlyList<string?>?> OwnTagsAsync(string partition, IReadOnlyList<RowWrite> writes, Guid commit, CancellationToken cancellation)
    {
        var tags = new string?[writes.Count];
        var own = 0;
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i] is RowWrite.Delete) continue;
            if (await FindAsync(partition, writes[i].Row, cancellation) is not { } entity || entity.GetGuid(Columns.Commit) != commit) return null;
            tags[i] = entity.ETag.ToString();
            own++;
        }

        return own > 0 ? tags : null;
    }

    private async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellation)
    {
        if (!RecordLimits.IsKey(partition) || !RecordLimits.IsKey(row)) return null;
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static TableTransactionAction ToAction(string partition, RowWrite write, Guid commit) => write switch
    {
        RowWrite.Insert insert => new(TableTransactionActionType.Add, ToEntity(partition, insert.Row, insert.Data, commit)),
        RowWrite.Replace replace => new(TableTransactionActionType.UpdateReplace, ToEntity(partition, replace.Row, replace.Data, commit), new ETag(replace.Tag)),
        RowWrite.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(partition, delete.Row), new ETag(delete.Tag)),
        _ => throw new ArgumentException($"Unknown kind of write: {write.GetType().Name}.", nameof(write)),
    };

    private static TableEntity ToEntity(string partition, string row, string data, Guid commit) =>
        new(partition, row) { [Columns.Data] = data, [Columns.Commit] = commit };

    private static StoredRow ToRow(TableEntity entity) =>
        new(entity.PartitionKey, entity.RowKey, entity.GetString(Columns.Data), entity.ETag.ToString());

    /// <summary>A tag that this service never gave. Above all "*", which to the service means any.</summary>
    private static bool HasForeignTag(RowWrite write) => write switch
    {
        RowWrite.Replace replace => !replace.Tag.StartsWith(TagStart, StringComparison.Ordinal),
        RowWrite.Delete delete => !delete.Tag.StartsWith(TagStart, StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsConflict(RequestFailedException refused) =>
        (HttpStatusCode)refused.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound
        && refused.ErrorCode != TableErrorCode.TableNotFound;

    private static class Columns
    {
        public const string Data = "Data";

        /// <summary>Which batch wrote the row.</summary>
        public const string Commit = "Commit";
    }
}
