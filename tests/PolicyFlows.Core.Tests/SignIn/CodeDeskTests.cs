using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.SignIn;

public sealed class CodeDeskTests
{
    private const string Case = "INC-1", Person = "p-101";
    private static readonly Durations Times = new();

    [Fact]
    public async Task The_right_code_counts_once()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        Assert.Equal(CodeResult.Right, await desk.TryAsync(Case, id, Person, $" {desk.Digits(Case, id)[..3]} {desk.Digits(Case, id)[3..]} ", Times));
        Assert.Equal(CodeResult.Expired, await desk.TryAsync(Case, id, Person, desk.Digits(Case, id), Times));
    }

    [Fact]
    public async Task Of_twenty_right_tries_at_once_one_counts()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => desk.TryAsync(Case, id, Person, desk.Digits(Case, id), Times))));
        Assert.Single(results, CodeResult.Right);
    }

    [Fact]
    public async Task A_hundred_wrong_tries_at_once_are_five_guesses_and_then_the_right_code_is_dead()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        var right = int.Parse(desk.Digits(Case, id));
        var results = await Task.WhenAll(Enumerable.Range(1, 100).Select(i => Task.Run(() => desk.TryAsync(Case, id, Person, $"{(right + i) % 1_000_000:D6}", Times))));
        Assert.Equal(4, results.Count(r => r == CodeResult.Wrong));
        Assert.Equal(96, results.Count(r => r == CodeResult.TooManyTries));
        Assert.Contains("\"tries\":5,", (await spine.Records.GetAsync(Case, "code|" + id))!.Data, StringComparison.Ordinal);
        Assert.Equal(CodeResult.TooManyTries, await desk.TryAsync(Case, id, Person, desk.Digits(Case, id), Times));
    }

    [Fact]
    public async Task The_fifth_try_may_be_the_right_one()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        for (var i = 0; i < 4; i++) Assert.Equal(CodeResult.Wrong, await desk.TryAsync(Case, id, Person, "", Times));
        Assert.Equal(CodeResult.Right, await desk.TryAsync(Case, id, Person, desk.Digits(Case, id), Times));
    }

    [Fact]
    public async Task A_code_lives_ten_minutes_of_system_time_however_far_business_time_jumps()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        spine.Time.Now = spine.Time.Now.AddDays(30);
        spine.System.Now = spine.System.Now.AddMinutes(10).AddTicks(-1);
        Assert.Equal(CodeResult.Wrong, await desk.TryAsync(Case, id, Person, "", Times));
        spine.System.Now = spine.System.Now.AddTicks(1);
        Assert.Equal(CodeResult.Expired, await desk.TryAsync(Case, id, Person, desk.Digits(Case, id), Times));
    }

    [Theory, InlineData("p-102", Case), InlineData(Person, "INC-2")]
    public async Task A_code_serves_nobody_else_and_no_other_case(string person, string caseId)
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        var id = (await SendAsync(spine))!;
        Assert.Equal(CodeResult.Expired, await desk.TryAsync(caseId, id, person, desk.Digits(Case, id), Times));
        Assert.NotEqual(desk.Digits(Case, id), desk.Digits("INC-2", id));
    }

    [Theory, InlineData(""), InlineData("../../etc"), InlineData("a/b\\c#d?e"), InlineData("0123456789abcdef0123\n"), InlineData("0123456789ABCDEF0123")]
    public async Task An_id_that_is_none_is_expired(string id)
    {
        await using var spine = await Spine.StartAsync();
        Assert.Equal(CodeResult.Expired, await spine.Get<CodeDesk>().TryAsync(Case, id, Person, "123456", Times));
    }

    [Fact]
    public async Task Five_codes_in_half_an_hour_are_the_most_also_when_twenty_are_asked_for_at_once()
    {
        await using var spine = await Spine.StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SendAsync(spine))));
        Assert.Equal(5, ids.Count(id => id is not null));
        Assert.Equal(5, (await spine.OutboxAsync(Case)).Count);
        Assert.NotNull(await SendAsync(spine, "p-102"));
        spine.System.Now = spine.System.Now.AddMinutes(30);
        Assert.NotNull(await SendAsync(spine));
    }

    [Fact]
    public async Task Old_codes_are_cleared_when_a_new_one_is_asked_for()
    {
        await using var spine = await Spine.StartAsync();
        for (var day = 0; day < 10; day++)
        {
            await SendAsync(spine);
            spine.System.Now = spine.System.Now.AddDays(1);
        }

        Assert.Single(await spine.RowsAsync(Case, "code|"));
    }

    [Fact]
    public async Task Digits_are_spread_evenly()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<CodeDesk>();
        const int Codes = 20_000;
        var counts = new int[6, 10];
        for (var i = 0; i < Codes; i++)
        {
            var digits = desk.Digits(Case, $"{i:x20}");
            Assert.Equal(6, digits.Length);
            for (var place = 0; place < 6; place++) counts[place, digits[place] - '0']++;
        }

        // Expected 2,000 each, standard deviation 42: six of them.
        for (var place = 0; place < 6; place++)
            for (var digit = 0; digit < 10; digit++)
                Assert.InRange(counts[place, digit], 1746, 2254);
    }

    [Fact]
    public async Task No_stored_row_holds_the_digits()
    {
        await using var spine = await Spine.StartAsync();
        var id = (await SendAsync(spine))!;
        var digits = spine.Get<CodeDesk>().Digits(Case, id);
        Assert.DoesNotContain((await spine.Records.RangeAsync(Case, "")).Rows, r => r.Data.Replace(id, "", StringComparison.Ordinal).Contains($"\"{digits}\"", StringComparison.Ordinal));
    }

    private static Task<string?> SendAsync(Spine spine, string person = Person) => spine.Get<CodeDesk>().SendAsync(Case, person, MailLane.Incident, Times);
}
