using System.Text;
using PolicyFlows.Core.Mail;
using PolicyFlows.Mail.SendGrid;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

public sealed class EventReaderTests
{
    [Theory]
    [InlineData("""{"event":"bounce","type":"bounce","status":"5.1.1","bounce_classification":"Invalid Address","reason":"550 5.1.1 <zoe@school.example> unknown"}""", DeliveryOutcome.Bounced, "5.1.1 Invalid Address")]
    [InlineData("""{"event":"bounce","status":"5.0.0"}""", DeliveryOutcome.Bounced, "5.0.0")]
    [InlineData("""{"event":"bounce","type":"blocked","status":"5.7.1","reason":"554 listed"}""", DeliveryOutcome.Blocked, "5.7.1")]
    [InlineData("""{"event":"dropped","reason":"Bounced Address","status":"5.0.0"}""", DeliveryOutcome.Dropped, "Bounced Address")]
    [InlineData("""{"event":"dropped","reason":"zoe@school.example is on a list"}""", DeliveryOutcome.Dropped, null)]
    [InlineData("""{"event":"spamreport"}""", DeliveryOutcome.MarkedAsSpam, null)]
    [InlineData("""{"event":"deferred","response":"450 zoe@school.example busy","attempt":"5"}""", DeliveryOutcome.Deferred, null)]
    public void What_did_not_arrive_is_kept_without_its_sentences(string written, DeliveryOutcome outcome, string? detail) =>
        Assert.Equal(new DeliveryReport("e1", "INC-1", "ask.p1.1", outcome, detail), Assert.Single(Read($"[{Carrying(written)}]")));

    [Theory]
    [InlineData("processed")]
    [InlineData("delivered")]
    [InlineData("open")]
    [InlineData("click")]
    [InlineData("unsubscribe")]
    [InlineData("group_resubscribe")]
    [InlineData("Bounce")]
    [InlineData("")]
    public void Everything_else_is_left(string kind) => Assert.Empty(Read($$"""[{{Carrying($$"""{"event":"{{kind}}"}""")}}]"""));

    [Theory]
    [InlineData("sg_event_id", "e1")]
    [InlineData("policyflows_case", "INC-1")]
    [InlineData("policyflows_key", "ask.p1.1")]
    [InlineData("event", "bounce")]
    public void An_event_without_id_or_outbox_row_is_left_and_the_next_one_read(string missing, string value)
    {
        var whole = Carrying("""{"event":"bounce"}""");
        foreach (var spoiled in new[] { "7", "null", "\"\"", "{\"a\":[]}", "\"\\ud800\"", $"\"{new string('x', 2000)}\"" })
            Assert.Equal("e1", Assert.Single(Read($"[{whole.Replace($"\"{missing}\":\"{value}\"", $"\"{missing}\":{spoiled}", StringComparison.Ordinal)},{whole}]")).EventId);
        Assert.Single(Read($"[{whole.Replace($"\"{missing}\"", "\"other\"", StringComparison.Ordinal)},{whole}]"));
    }

    [Fact]
    public void Unknown_fields_and_items_that_are_no_events_are_ignored()
    {
        var found = Read($$"""[7,null,"x",[],{},{{Carrying("""{"event":"bounce","email":"a@b.example","ip":"192.0.2.1","tls":1,"pool":{"id":1,"name":[1,{"a":2}]},"useragent":null}""")}}]""");
        Assert.Equal(DeliveryOutcome.Bounced, Assert.Single(found).Outcome);
    }

    [Fact]
    public void Events_come_in_the_order_in_which_they_stand()
    {
        var events = Enumerable.Range(0, 1_000).Select(i => Carrying("""{"event":"bounce"}""").Replace("\"e1\"", $"\"e{i}\"", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"e{i}"), Read($"[{string.Join(',', events)}]").Select(r => r.EventId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[")]
    [InlineData("[{\"event\":\"bounce\"")]
    [InlineData("[] []")]
    [InlineData("[{\"event\":\"bounce\",}]")]
    public void What_is_no_array_of_events_is_refused(string body) => Assert.Throws<InvalidDataException>(() => Read(body));

    [Fact]
    public void Hostile_lists_are_refused_before_they_cost_anything()
    {
        Assert.Throws<InvalidDataException>(() => Read(new string('[', 100_000)));
        Assert.Throws<InvalidDataException>(() => Read($"[{new string('[', 20)}{new string(']', 20)}]"));
        Assert.Throws<InvalidDataException>(() => Read($"[{string.Join(',', Enumerable.Repeat("{}", EventReader.MostEvents + 1))}]"));
        Assert.Empty(Read($"[{string.Join(',', Enumerable.Repeat("{}", EventReader.MostEvents))}]"));
        Assert.Throws<InvalidDataException>(() => Read($"[\"{new string('x', 1024 * 1024)}\"]"));
        Assert.Throws<InvalidDataException>(() => EventReader.Read(new byte[] { (byte)'[', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)']', (byte)'x' }));
    }

    private static IReadOnlyList<DeliveryReport> Read(string body) => EventReader.Read(Encoding.UTF8.GetBytes(body));

    private static string Carrying(string written) => $"{written[..^1]},\"sg_event_id\":\"e1\",\"policyflows_case\":\"INC-1\",\"policyflows_key\":\"ask.p1.1\"}}";
}
