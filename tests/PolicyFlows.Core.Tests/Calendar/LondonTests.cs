using PolicyFlows.Core.Calendar;

namespace PolicyFlows.Core.Tests.Calendar;

public sealed class LondonTests
{
    private static readonly DateTimeOffset Autumn = new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Subjects_lists_and_sentences_have_their_forms()
    {
        var at = Utc(2026, 11, 23, 2, 0);
        Assert.Equal("Mon 02:00", London.Format(at, LondonStyle.Short));
        Assert.Equal("Monday 23 November 2026 at 02:00", London.Format(at));
        Assert.Equal("23 Nov 2026, 02:00", London.Format(at, LondonStyle.Listed));
        Assert.Equal("Monday 23 November 2026", London.Format(at, LondonStyle.Date));
        Assert.Equal("Monday 23 November 2026 at 02:00 GMT", London.FormatWithZone(at));
        Assert.Equal("23 November 2026", London.Format(London.Day(at)));
    }

    [Fact]
    public void A_fact_says_when_it_was_checked_or_that_nobody_has()
    {
        Assert.Equal("checked on 3 May 2026", London.Checked(new DateOnly(2026, 5, 3)));
        Assert.Equal("not checked yet", London.Checked(null));
    }

    [Fact]
    public void Summer_time_is_shown_and_the_day_changes_with_it()
    {
        var at = Utc(2026, 6, 30, 23, 30);
        Assert.Equal("Wed 00:30", London.Format(at, LondonStyle.Short));
        Assert.Equal(new DateOnly(2026, 7, 1), London.Day(at));
        Assert.Equal("BST", London.ZoneName(at));
    }

    [Fact]
    public void The_deadlines_of_a_report_on_the_last_night_of_summer_time_say_their_zone()
    {
        var report = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal("Sun 01:00 GMT", London.Format(report.AddHours(4), LondonStyle.Short));
        Assert.Equal("Sunday 25 October 2026 at 09:00 GMT", London.Format(report.AddHours(12), besides: report));
        Assert.Equal("Sunday 25 October 2026 at 21:00 GMT", London.Format(report.AddHours(24), besides: report));
        Assert.Equal("Sat 22:00", London.Format(report, LondonStyle.Short));
        Assert.Equal("Sat 22:00 BST", London.Format(report, LondonStyle.Short, report.AddHours(12)));
    }

    [Fact]
    public void The_hour_that_comes_twice_says_which_one_it_is_and_its_neighbours_do_not()
    {
        Assert.Equal("Sun 00:59", London.Format(Autumn.AddMinutes(-61), LondonStyle.Short));
        Assert.Equal("Sun 01:00 BST", London.Format(Autumn.AddHours(-1), LondonStyle.Short));
        Assert.Equal("Sun 01:59 BST", London.Format(Autumn.AddMinutes(-1), LondonStyle.Short));
        Assert.Equal("Sun 01:00 GMT", London.Format(Autumn, LondonStyle.Short));
        Assert.Equal("Sun 01:59 GMT", London.Format(Autumn.AddMinutes(59), LondonStyle.Short));
        Assert.Equal("Sun 02:00", London.Format(Autumn.AddHours(1), LondonStyle.Short));
    }

    [Fact]
    public void Two_times_with_the_same_zone_do_not_name_it() =>
        Assert.Equal("Mon 02:00", London.Format(Utc(2026, 11, 23, 2, 0), LondonStyle.Short, Utc(2026, 11, 22, 22, 0)));

    [Fact]
    public void A_typed_time_that_comes_twice_is_the_earlier_one_and_is_flagged()
    {
        Assert.Equal(new LocalReading(Utc(2026, 10, 25, 0, 30), LocalReadingKind.ComesTwice), London.Parse("2026-10-25", "01:30"));
        Assert.Equal(new LocalReading(Utc(2026, 10, 25, 2, 0), LocalReadingKind.Exact), London.Parse("2026-10-25", "02:00"));
        Assert.Equal(new LocalReading(Utc(2026, 10, 24, 23, 59), LocalReadingKind.Exact), London.Parse("2026-10-25", "00:59"));
    }

    [Theory]
    [InlineData("00:59", LocalReadingKind.Exact)]
    [InlineData("01:00", LocalReadingKind.Skipped)]
    [InlineData("01:59", LocalReadingKind.Skipped)]
    [InlineData("02:00", LocalReadingKind.Exact)]
    public void A_typed_time_that_the_spring_change_skips_has_no_instant(string time, LocalReadingKind kind)
    {
        var reading = London.Parse("2026-03-29", time);
        Assert.Equal(kind, reading.Kind);
        Assert.Equal(kind is LocalReadingKind.Exact, reading.Instant is not null);
    }

    [Fact]
    public void The_spring_change_takes_an_hour_off_the_night()
    {
        var before = London.Parse("2026-03-28", "22:00").Instant!.Value;
        Assert.Equal("Sun 03:00", London.Format(before.AddHours(4), LondonStyle.Short));
        Assert.Equal("Sun 03:00 BST", London.Format(before.AddHours(4), LondonStyle.Short, before));
    }

    [Theory]
    [InlineData("23", "11", "2026", "9:05")]
    [InlineData(" 23 ", "11", "2026", " 09.05 ")]
    public void Fields_are_read_as_people_type_them(string day, string month, string year, string time) =>
        Assert.Equal(Utc(2026, 11, 23, 9, 5), London.Parse(day, month, year, time).Instant);

    [Theory]
    [InlineData("31", "11", "2026", "09:00")]
    [InlineData("29", "2", "2027", "09:00")]
    [InlineData("23", "13", "2026", "09:00")]
    [InlineData("23", "11", "26", "09:00")]
    [InlineData("", "", "", "")]
    [InlineData(null, null, null, null)]
    [InlineData("23", "11", "2026", "24:00")]
    [InlineData("23", "11", "2026", "nine")]
    public void What_is_no_day_or_time_is_unreadable(string? day, string? month, string? year, string? time) =>
        Assert.Equal(new LocalReading(null, LocalReadingKind.Unreadable), London.Parse(day, month, year, time));

    [Fact]
    public void A_leap_day_is_a_day()
    {
        var at = London.Parse("29", "2", "2028", "12:00").Instant;
        Assert.Equal("Tuesday 29 February 2028 at 12:00", London.Format(at!.Value));
        Assert.Equal("Wed 12:00", London.Format(at.Value.AddHours(24), LondonStyle.Short));
    }

    [Fact]
    public void Every_hour_of_two_years_is_read_back_as_it_was_written()
    {
        for (var at = Utc(2026, 1, 1, 0, 0); at < Utc(2028, 1, 1, 0, 0); at = at.AddHours(1))
        {
            var local = London.ToLocal(at);
            var reading = London.At(DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
            var back = reading.Kind is LocalReadingKind.ComesTwice && local.Offset == TimeSpan.Zero ? at.AddHours(-1) : at;
            Assert.Equal(back, reading.Instant);
        }
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
