using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tests.Components;

public sealed class DateTimeFieldTests
{
    [Theory]
    [InlineData("22", "11", "2026", "22", "5", "2026-11-22T22:05:00+00:00")]
    [InlineData("1", "7", "2026", "00", "00", "2026-06-30T23:00:00+00:00")]
    [InlineData("25", "10", "2026", "1", "30", "2026-10-25T00:30:00+00:00")]
    public void Parts_are_read_as_london_time(string day, string month, string year, string hour, string minute, string expected)
    {
        var form = Form(day, month, year, hour, minute);

        Assert.Equal(DateTimeOffset.Parse(expected), DateTimeField.Read(form, "seen", "when you saw it", required: true));
        Assert.True(form.IsValid);
    }

    [Theory]
    [InlineData("31", "2", "2026", "1", "0", "seen-day")]
    [InlineData("0", "2", "2026", "1", "0", "seen-day")]
    [InlineData("1", "13", "2026", "1", "0", "seen-month")]
    [InlineData("1", "2", "26", "1", "0", "seen-year")]
    [InlineData("1", "2", "2026", "24", "0", "seen-hour")]
    [InlineData("1", "2", "2026", "1", "sixty", "seen-minute")]
    [InlineData("1", "2", "2026", "", "0", "seen-hour")]
    [InlineData("29", "3", "2026", "1", "30", "seen-hour")]
    public void What_is_no_time_gets_an_error_at_its_part(string day, string month, string year, string hour, string minute, string anchor)
    {
        var form = Form(day, month, year, hour, minute);

        Assert.Null(DateTimeField.Read(form, "seen", "when you saw it", required: false));
        var error = Assert.Single(form.Errors);
        Assert.Equal(("seen", anchor), (error.Field, error.Anchor));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_entered_is_an_error_only_where_it_is_needed(bool required)
    {
        var form = Form("", "", "", "", "");

        Assert.Null(DateTimeField.Read(form, "seen", "when you saw it", required));
        Assert.Equal(!required, form.IsValid);
    }

    [Fact]
    public void A_moment_comes_back_as_it_was_shown()
    {
        var moment = new DateTimeOffset(2026, 7, 1, 8, 5, 0, TimeSpan.Zero);

        var form = FormState.From(DateTimeField.Values("seen", moment));

        Assert.Equal("09", form["seen-hour"]);
        Assert.Equal(moment, DateTimeField.Read(form, "seen", "when you saw it", required: true));
    }

    private static FormState Form(string day, string month, string year, string hour, string minute) =>
        FormState.From([new("seen-day", day), new("seen-month", month), new("seen-year", year), new("seen-hour", hour), new("seen-minute", minute)]);
}
