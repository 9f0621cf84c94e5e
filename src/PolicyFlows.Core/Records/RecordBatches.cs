namespace PolicyFlows.Core.Records;

/// <summary>Cuts many rows of one partition into batches that every adapter takes.</summary>
public static class RecordBatches
{
    // At most six bytes a character on the wire; half of what a batch may have leaves room for everything around them.
    private const int CharactersPerBatch = RecordLimits.BytesPerBatch / 2 / 6;

    /// <summary>Inserts of the rows, in their order.</summary>
    public static IEnumerable<IReadOnlyList<RowWrite>> OfInserts(IEnumerable<StoredRow> rows)
    {
        var batch = new List<RowWrite>();
        var characters = 0;
        foreach (var row in rows)
        {
            if (batch.Count == RecordLimits.RowsPerBatch || (batch.Count > 0 && characters + row.Data.Length > CharactersPerBatch))
            {
                yield return batch;
                batch = [];
                characters = 0;
            }

            batch.Add(new RowWrite.Insert(row.Row, row.Data));
            characters += row.Data.Length;
        }

        if (batch.Count > 0) yield return batch;
    }
}
