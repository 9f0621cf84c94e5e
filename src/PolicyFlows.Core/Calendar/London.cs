using System.Globalization;

namespace PolicyFlows.Core.Calendar;

/// <summary>How an instant is written.</summary>
public enum LondonStyle
{
    /// <summary>"Mon 02:00", for subjects and tables.</summary>
    Short,

    /// <summary>"Monday 23 November 2026 at 02:00", for sentences.</summary>
    Full,

    /// <summary>"23 Nov 2026, 02:00", for lists.</summary>
    Listed,

    /// <summary>"Monday 23 November 2026".</summary>
    Date,
}

/// <summary>London civil time. Stored instants are UTC; people read and type London time.</summary>
public static class London
{
    private static readonly string[] DayForms = ["yyyy-MM-dd", "d/M/yyyy"];
    private static readonly string[] TimeForms = ["H:mm", "H.mm", "H:mm:ss"];

    /// <summary>Europe/London, also where the system knows only the Windows name.</summary>
    public static TimeZoneInfo Zone { get; } = FindZone();

    /// <summary>Local clock time of an instant, with its offset.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>Local calendar day of an instant.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant).DateTime);

    /// <summary>"BST" or "GMT".</summary>
    public static string ZoneName(DateTimeOffset instant) => ToLocal(instant).Offset == TimeSpan.Zero ? "GMT" : "BST";

    /// <summary>
    /// Writes an instant. The zone is added when the local hour comes twice, or when <paramref name="besides"/>, a time named next to it
    /// (the report, the writer's now), has the other zone (scenario 19).
    /// </summary>
    public static string Format(DateTimeOffset instant, LondonStyle style = LondonStyle.Full, DateTimeOffset? besides = null)
    {
        var local = ToLocal(instant);
        var text = local.ToString(Pattern(style), CultureInfo.InvariantCulture);
        var zoned = style is not LondonStyle.Date
            && (Zone.IsAmbiguousTime(local.DateTime) || (besides is { } other && ToLocal(other).Offset != local.Offset));
        return zoned ? $"{text} {ZoneName(instant)}" : text;
    }

    /// <summary>Writes an instant and always its zone, for texts that leave the school.</summary>
    public static string FormatWithZone(DateTimeOffset instant, LondonStyle style = LondonStyle.Full) =>
        $"{ToLocal(instant).ToString(Pattern(style), CultureInfo.InvariantCulture)} {ZoneName(instant)}";

    /// <summary>Writes a day: "23 November 2026".</summary>
    public static string Format(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Says when a person last checked a fact: "checked on 3 May 2026", or "not checked yet".</summary>
    public static string Checked(DateOnly? on) => on is { } day ? $"checked on {Format(day)}" : "not checked yet";

    /// <summary>The instant of a local clock time. A time that comes twice is the earlier one, and says so; one that the spring change skips has no instant.</summary>
    public static LocalReading At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
        {
            return new LocalReading(null, LocalReadingKind.Skipped);
        }

        if (Zone.IsAmbiguousTime(local))
        {
            return new LocalReading(new DateTimeOffset(local, Zone.GetAmbiguousTimeOffsets(local).Max()).ToUniversalTime(), LocalReadingKind.ComesTwice);
        }

        return new LocalReading(new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime(), LocalReadingKind.Exact);
    }

    /// <summary>Reads form fields: the day as <c>2026-11-23</c> or <c>23/11/2026</c>, the time as <c>9:05</c>, <c>09:05</c> or <c>9.05</c> on the 24-hour clock.</summary>
    public static LocalReading Parse(string? day, string? time) =>
        DateOnly.TryParseExact(day?.Trim(), DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && TimeOnly.TryParseExact(time?.Trim(), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? At(date, clock)
            : new LocalReading(null, LocalReadingKind.Unreadable);

    /// <summary>Reads form fields with day, month and year apart.</summary>
    public static LocalReading Parse(string? day, string? month, string? year, string? time) => Parse($"{day?.Trim()}/{month?.Trim()}/{year?.Trim()}", time);

    private static string Pattern(LondonStyle style) => style switch
    {
        LondonStyle.Short => "ddd HH:mm",
        LondonStyle.Full => "dddd d MMMM yyyy 'at' HH:mm",
        LondonStyle.Listed => "d MMM yyyy, HH:mm",
        LondonStyle.Date => "dddd d MMMM yyyy",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, message: null),
    };

    private static TimeZoneInfo FindZone() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : TimeZoneInfo.FindSystemTimeZoneById("GMT Standard Time");
}

/// <summary>What came of reading a local time.</summary>
public enum LocalReadingKind
{
    /// <summary>One instant.</summary>
    Exact,

    /// <summary>The clock shows it twice in autumn; the earlier (BST) was taken.</summary>
    ComesTwice,

    /// <summary>The clock jumps over it in spring.</summary>
    Skipped,

    /// <summary>Not a day or a time.</summary>
    Unreadable,
}

/// <summary>A local time as an instant in UTC; null unless <paramref name="Kind"/> is Exact or ComesTwice.</summary>
public sealed record LocalReading(DateTimeOffset? Instant, LocalReadingKind Kind);
