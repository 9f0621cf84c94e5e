using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Calendar;

/// <summary>Working days, school days and school hours of one school (or, with null, of the trust), London time.</summary>
public sealed class WorkingCalendar(TrustSettings settings, string? schoolId = null)
{
    private readonly HashSet<DateOnly> _holidays = [.. settings.BankHolidays.Select(holiday => holiday.Day)];
    private readonly IReadOnlyList<Term> _terms = settings.TermsOf(schoolId);
    private readonly SchoolHours _hours = settings.HoursOf(schoolId);

    /// <summary>Monday to Friday and no bank holiday.</summary>
    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_holidays.Contains(day);

    /// <summary>A working day in term. Outside the entered terms no day is one.</summary>
    public bool IsSchoolDay(DateOnly day) => IsWorkingDay(day) && _terms.Any(term => term.From <= day && day <= term.To);

    /// <summary>In school hours of a school day; the closing minute is outside.</summary>
    public bool IsSchoolHours(DateTimeOffset at)
    {
        var local = London.ToLocal(at);
        var time = TimeOnly.FromDateTime(local.DateTime);
        return IsSchoolDay(DateOnly.FromDateTime(local.DateTime)) && _hours.From <= time && time < _hours.To;
    }

    /// <summary>
    /// The due time of work given so many working days: the end of school hours on the last of them. The day it is given on does not count.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one day.</exception>
    public DateTimeOffset AfterWorkingDays(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var day = London.Day(from);
        for (var left = days; left > 0; left -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }

        return EndOfHours(day);
    }

    /// <summary>The start of the next school hours at or after an instant, or the instant itself within them; null when no term is entered that far ahead.</summary>
    public DateTimeOffset? NextSchoolHours(DateTimeOffset from)
    {
        if (IsSchoolHours(from))
        {
            return from;
        }

        var last = _terms.Count == 0 ? DateOnly.MinValue : _terms.Max(term => term.To);
        for (var day = London.Day(from); day <= last; day = day.AddDays(1))
        {
            if (IsSchoolDay(day) && London.At(day, _hours.From).Instant is { } start && start >= from)
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>True when the terms reach to this day; otherwise the settings need new ones and every hour counts as outside school hours.</summary>
    public bool Knows(DateOnly day) => _terms.Any(term => day <= term.To);

    private DateTimeOffset EndOfHours(DateOnly day) => London.At(day, _hours.To).Instant
        ?? throw new InvalidOperationException("School hours end at a time that the clock change skips.");
}
