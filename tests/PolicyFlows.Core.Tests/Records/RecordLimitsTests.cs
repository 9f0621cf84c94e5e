using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Tests.Records;

public sealed class RecordLimitsTests
{
    private static void Check(string partition, params RowWrite[] writes) => RecordLimits.Check(partition, writes);

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("Zoë")]
    [InlineData("a\U0001F600")]
    public void A_bad_key_is_refused_as_partition_and_as_row(string key)
    {
        Assert.Throws<RecordLimitException>(() => Check(key, new RowWrite.Insert("r", "{}")));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert(key, "{}")));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Delete(key, "1")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("incident-7|task~2026-01-01T00:00:00Z")]
    [InlineData(" !\"$%&'()*+,-.:;<=>@[]^_`{|}~")]
    public void Every_other_printable_character_may_be_in_a_key(string key) => Check(key, new RowWrite.Insert(key, "{}"));

    [Fact]
    public void A_key_has_at_most_512_characters()
    {
        Check("p", new RowWrite.Insert(new string('k', 512), "{}"));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert(new string('k', 513), "{}")));
        Assert.Throws<RecordLimitException>(() => Check(new string('k', 513), new RowWrite.Insert("r", "{}")));
    }

    [Fact]
    public void Data_has_at_most_32768_utf16_units_in_inserts_and_replacements()
    {
        Check("p", new RowWrite.Insert("r", new string('a', 32_768)));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert("r", new string('a', 32_769))));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Replace("r", new string('a', 32_769), "1")));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_a_whole_one_taken()
    {
        Check("p", new RowWrite.Insert("r", "\U0001F600"));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert("r", "a\uD83D")));
        Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert("r", "\uDE00\uD83D")));
    }

    [Fact]
    public void A_batch_counts_what_its_rows_weigh_on_the_wire()
    {
        RowWrite[] Rows(char unit) => [.. Enumerable.Range(0, 100).Select(i => new RowWrite.Insert($"{i}", new string(unit, 20_000)))];
        Check("p", Rows('a'));
        // A quotation mark inside JSON inside JSON is six bytes.
        Assert.Throws<RecordLimitException>(() => Check("p", Rows('"')));
    }

    [Fact]
    public void A_refusal_never_repeats_the_data()
    {
        var refused = Assert.Throws<RecordLimitException>(() => Check("p", new RowWrite.Insert("r", new string('a', 32_760) + "canary-name")));
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }
}
