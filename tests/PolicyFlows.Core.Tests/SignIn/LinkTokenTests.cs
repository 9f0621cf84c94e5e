using System.Security.Cryptography;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Core.Tests.SignIn;

public sealed class LinkTokenTests
{
    private static readonly LinkTokens Tokens = new(new ServerKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()));
    private static readonly LinkClaim Claim = new("INC-22222222", "decide-1", "p-101", 2);

    [Fact]
    public void A_token_reads_as_its_claim() => Assert.Equal(Claim, Tokens.Read(Tokens.Write(Claim)));

    [Fact]
    public void A_token_with_any_one_character_changed_removed_or_doubled_is_nothing()
    {
        var token = Tokens.Write(Claim);
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in "A0~+ =_-.\0é")
            {
                if (token[i] != other) Assert.Null(Tokens.Read(token[..i] + other + token[(i + 1)..]));
            }

            Assert.Null(Tokens.Read(token[..i] + token[(i + 1)..]));
            Assert.Null(Tokens.Read(token[..i] + token[i] + token[i..]));
        }
    }

    [Theory, InlineData("+2"), InlineData("02"), InlineData(" 2"), InlineData("2 "), InlineData("-2"), InlineData("0"), InlineData("3"), InlineData("99999999999"), InlineData("")]
    public void A_link_number_has_one_spelling(string no)
    {
        var parts = Tokens.Write(Claim).Split('~');
        parts[3] = no;
        Assert.Null(Tokens.Read(string.Join('~', parts)));
    }

    [Theory, InlineData("="), InlineData(" "), InlineData("\n"), InlineData("AAAA")]
    public void A_signature_has_one_spelling(string added) => Assert.Null(Tokens.Read(Tokens.Write(Claim) + added));

    [Fact]
    public void The_signature_of_one_part_serves_no_other()
    {
        foreach (var other in new[] { Claim with { CaseId = "INC-33333333" }, Claim with { TaskId = "decide-2" }, Claim with { PersonKey = "p-102" }, Claim with { No = 1 } })
        {
            var (mine, theirs) = (Tokens.Write(Claim).Split('~'), Tokens.Write(other).Split('~'));
            Assert.Null(Tokens.Read(string.Join('~', [.. theirs[..4], mine[4]])));
        }
    }

    [Fact]
    public void Another_servers_key_writes_nothing_that_counts_here() =>
        Assert.Null(Tokens.Read(new LinkTokens(new ServerKey(new byte[32])).Write(Claim)));

    [Fact]
    public void A_thousand_random_texts_are_nothing()
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(random.Next(0, 60))));
            Assert.Null(Tokens.Read(string.Join('~', parts)));
            Assert.Null(Tokens.Read($"INC-22222222~decide-1~p-101~2~{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=')}"));
        }

        Assert.Null(Tokens.Read(null));
        Assert.Null(Tokens.Read(""));
        Assert.Null(Tokens.Read(new string('~', 5000)));
    }

    private static readonly DateTimeOffset Now = new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    public static TheoryData<string, LinkStanding> Standings => new()
    {
        { "fresh", LinkStanding.Live },
        { "a minute before its end", LinkStanding.Live },
        { "at its end", LinkStanding.Expired },
        { "an earlier link", LinkStanding.Expired },
        { "a later number than was mailed", LinkStanding.Expired },
        { "answered", LinkStanding.Over },
        { "withdrawn", LinkStanding.Over },
        { "answered and too old", LinkStanding.Over },
        { "recused", LinkStanding.NotTheirs },
        { "named", LinkStanding.NotTheirs },
        { "named and answered", LinkStanding.NotTheirs },
        { "never asked", LinkStanding.NotTheirs },
    };

    [Theory, MemberData(nameof(Standings))]
    public void A_link_is_worth_what_its_task_says(string state, LinkStanding expected)
    {
        DateTimeOffset[] links = [Now.AddDays(-20), state switch { "a minute before its end" => Now - Life + TimeSpan.FromMinutes(1), "at its end" or "answered and too old" => Now - Life, _ => Now }];
        var holder = new TaskHolder(state == "never asked" ? "p-102" : "p-101", null, Now, Now) { Links = links, EndedAt = state == "recused" ? Now : null };
        var task = new TaskRecord
        {
            Id = "decide-1", Kind = TaskKind.Decide, Clause = "9.1", AskedAt = Now, DueAt = Now, Holders = [holder],
            State = state.Contains("answered", StringComparison.Ordinal) ? TaskState.Answered : state == "withdrawn" ? TaskState.Withdrawn : TaskState.Open,
        };
        var claim = Claim with { No = state switch { "an earlier link" => 1, "a later number than was mailed" => 3, _ => 2 } };
        string[] named = state.StartsWith("named", StringComparison.Ordinal) ? ["p-101"] : [];
        Assert.Equal(expected, LinkStandings.Weigh(claim, task, named, Life, Now));
    }

    [Fact]
    public void A_holder_without_an_address_has_no_live_link()
    {
        var task = new TaskRecord { Id = "decide-1", Kind = TaskKind.Decide, Clause = "9.1", AskedAt = Now, DueAt = Now, Holders = [new("p-101", null, Now, Now, Mailed: false)] };
        Assert.Equal(LinkStanding.Expired, LinkStandings.Weigh(Claim, task, [], Life, Now));
    }
}
