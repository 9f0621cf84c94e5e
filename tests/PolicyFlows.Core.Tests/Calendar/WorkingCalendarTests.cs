using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly TrustSettings Settings = DemonstrationSeed.Create().Settings;
    private static readonly WorkingCalendar Calendar = new(Settings, DemonstrationSeed.FirstSchool);

    [Theory]
    [InlineData("2026-11-23", "10:00", true)]
    [InlineData("2026-11-23", "08:00", true)]
    [InlineData("2026-11-23", "07:59", false)]
    [InlineData("2026-11-23", "15:59", true)]
    [InlineData("2026-11-23", "16:00", false)]
    [InlineData("2026-11-22", "10:00", false)]
    [InlineData("2026-10-26", "10:00", false)]
    [InlineData("2026-05-04", "10:00", false)]
    [InlineData("2026-07-01", "08:30", true)]
    [InlineData("2026-07-21", "15:00", true)]
    [InlineData("2026-07-22", "10:00", false)]
    public void School_hours_are_weekdays_in_term_by_London_clocks(string day, string time, bool expected) =>
        Assert.Equal(expected, Calendar.IsSchoolHours(At(day, time)));

    [Theory]
    [InlineData("2026-11-20", "10:00", 1, "2026-11-23")]
    [InlineData("2026-11-21", "10:00", 1, "2026-11-23")]
    [InlineData("2026-11-23", "23:30", 2, "2026-11-25")]
    [InlineData("2026-12-24", "10:00", 1, "2026-12-29")]
    [InlineData("2026-12-24", "10:00", 3, "2026-12-31")]
    [InlineData("2027-12-24", "10:00", 1, "2027-12-29")]
    [InlineData("2026-04-02", "10:00", 1, "2026-04-07")]
    [InlineData("2026-10-23", "10:00", 1, "2026-10-26")]
    [InlineData("2028-02-28", "10:00", 1, "2028-02-29")]
    public void Working_days_pass_over_weekends_and_bank_holidays_and_end_with_the_day(string from, string time, int days, string due) =>
        Assert.Equal(At(due, "16:00"), Calendar.AfterWorkingDays(At(from, time), days));

    [Fact]
    public void Less_than_one_working_day_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AfterWorkingDays(At("2026-11-23", "10:00"), 0));

    [Fact]
    public void The_next_school_hours_pass_over_half_term_and_the_clock_change()
    {
        Assert.Equal(At("2026-11-02", "08:00"), Calendar.NextSchoolHours(At("2026-10-23", "16:00")));
        Assert.Equal(At("2026-11-23", "10:00"), Calendar.NextSchoolHours(At("2026-11-23", "10:00")));
        Assert.Equal(At("2026-11-23", "08:00"), Calendar.NextSchoolHours(At("2026-11-23", "03:00")));
    }

    [Fact]
    public void Beyond_the_entered_terms_nothing_counts_as_school_hours_and_that_can_be_told()
    {
        Assert.False(Calendar.IsSchoolHours(At("2028-01-10", "10:00")));
        Assert.Null(Calendar.NextSchoolHours(At("2028-01-10", "10:00")));
        Assert.False(Calendar.Knows(new DateOnly(2028, 1, 10)));
        Assert.True(Calendar.Knows(new DateOnly(2026, 11, 23)));
    }

    [Fact]
    public void A_school_with_other_terms_and_hours_keeps_its_own()
    {
        var own = new SchoolOverrides
        {
            Terms = [new Term("Autumn", new(2026, 10, 26), new(2026, 10, 30), "test")],
            SchoolHours = new SchoolHours(new(7, 30), new(14, 0)),
        };
        var calendar = new WorkingCalendar(Settings with { Overrides = new Dictionary<string, SchoolOverrides> { ["s-9"] = own } }, "s-9");
        Assert.True(calendar.IsSchoolHours(At("2026-10-26", "07:45")));
        Assert.False(calendar.IsSchoolHours(At("2026-10-26", "14:00")));
        Assert.False(calendar.IsSchoolHours(At("2026-11-23", "10:00")));
    }

    [Fact]
    public void Bank_holidays_of_the_demonstration_are_weekdays_eight_a_year_with_a_source()
    {
        Assert.All(Settings.BankHolidays, holiday => Assert.False(holiday.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        Assert.All(Settings.BankHolidays.GroupBy(holiday => holiday.Day.Year), year => Assert.Equal(8, year.Count()));
        Assert.All(Settings.BankHolidays, holiday => Assert.NotEmpty(holiday.Source));
        Assert.All(Settings.Terms, term => Assert.True(term.From < term.To && Calendar.IsSchoolDay(term.From) && Calendar.IsSchoolDay(term.To)));
    }

    private static DateTimeOffset At(string day, string time) => London.Parse(day, time).Instant!.Value;
}
