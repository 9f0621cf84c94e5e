using System.Globalization;
using PolicyFlows.Core.Calendar;

namespace PolicyFlows.Web.Components;

/// <summary>Reads the parts of a <see cref="DateTimeInput"/>. People enter the time in London; what comes out is a moment.</summary>
public static class DateTimeField
{
    /// <summary>Parts in the order of the page.</summary>
    internal static readonly string[] Parts = ["day", "month", "year", "hour", "minute"];

    /// <summary>Name of the input of one part.</summary>
    public static string Name(string field, string part) => $"{field}-{part}";

    /// <summary>Values that show <paramref name="moment"/> in the five inputs, London time.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Values(string field, DateTimeOffset moment)
    {
        var local = London.ToLocal(moment);
        return
        [
            new(Name(field, "day"), local.Day.ToString(CultureInfo.InvariantCulture)),
            new(Name(field, "month"), local.Month.ToString(CultureInfo.InvariantCulture)),
            new(Name(field, "year"), local.Year.ToString(CultureInfo.InvariantCulture)),
            new(Name(field, "hour"), local.Hour.ToString("00", CultureInfo.InvariantCulture)),
            new(Name(field, "minute"), local.Minute.ToString("00", CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>
    /// The moment entered, or null: nothing was entered (an error only if <paramref name="required"/>), or it is no date and time (an error).
    /// An hour that comes twice in October is the first of the two; one that is skipped in March is an error.
    /// </summary>
    /// <param name="what">The thing, as it stands in a sentence: "the date you saw it".</param>
    public static DateTimeOffset? Read(FormState form, string field, string what, bool required)
    {
        var texts = Parts.Select(part => form[Name(field, part)]).ToArray();
        if (texts.All(t => t.Length == 0))
        {
            if (required)
            {
                form.AddError(field, $"Enter {what}", "day");
            }

            return null;
        }

        var missing = Array.FindIndex(texts, t => t.Length == 0);
        if (missing >= 0)
        {
            form.AddError(field, $"Enter {what} in full: the {Parts[missing]} is missing", Parts[missing]);
            return null;
        }

        var numbers = new int[Parts.Length];
        for (var i = 0; i < Parts.Length; i++)
        {
            if (!int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || !InRange(i, numbers[i]))
            {
                form.AddError(field, $"Check {what}: the {Parts[i]} must be {Example(i)}", Parts[i]);
                return null;
            }
        }

        if (numbers[0] > DateTime.DaysInMonth(numbers[2], numbers[1]))
        {
            form.AddError(field, $"Check {what}: that month has no such day", "day");
            return null;
        }

        var reading = London.At(new DateOnly(numbers[2], numbers[1], numbers[0]), new TimeOnly(numbers[3], numbers[4]));
        if (reading.Instant is null)
        {
            form.AddError(field, $"Check {what}: the clocks went forward, that hour did not exist", "hour");
        }

        return reading.Instant;
    }

    private static bool InRange(int part, int value) => part switch
    {
        0 => value is >= 1 and <= 31,
        1 => value is >= 1 and <= 12,
        2 => value is >= 2000 and <= 2199,
        3 => value is >= 0 and <= 23,
        _ => value is >= 0 and <= 59,
    };

    private static string Example(int part) => part switch
    {
        0 => "a number from 1 to 31",
        1 => "a number from 1 to 12",
        2 => "a year with 4 digits, like 2026",
        3 => "a number from 0 to 23",
        _ => "a number from 0 to 59",
    };
}
