using System.Reflection;

namespace PolicyFlows.Core.Settings;

/// <summary>One duration of <see cref="Durations"/> as something that can be read and set by its name.</summary>
public sealed class DurationSetting
{
    private readonly PropertyInfo trust;
    private readonly PropertyInfo? school;

    private DurationSetting(PropertyInfo trust)
    {
        this.trust = trust;
        school = typeof(SchoolOverrides).GetProperty(trust.Name);
    }

    /// <summary>All of them, in the order in which they are declared.</summary>
    public static IReadOnlyList<DurationSetting> All { get; } =
    [
        .. typeof(Durations).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(TimeSpan) || property.Name == nameof(Durations.HandOverWorkingDays))
            .OrderBy(property => property.MetadataToken).Select(property => new DurationSetting(property)),
    ];

    /// <summary>Name of the property.</summary>
    public string Name => trust.Name;

    /// <summary>Counted in working days, not elapsed time; the value is that many days.</summary>
    public bool IsWorkingDays => trust.PropertyType == typeof(int);

    /// <summary>A school may have its own value.</summary>
    public bool IsOfSchools => school is not null;

    /// <summary>The trust's value.</summary>
    public TimeSpan Of(Durations durations) => Read(trust.GetValue(durations))!.Value;

    /// <summary>The school's own value, or null where the trust's counts.</summary>
    public TimeSpan? Of(SchoolOverrides? own) => own is null ? null : Read(school?.GetValue(own));

    /// <summary>The durations with another value.</summary>
    public Durations With(Durations durations, TimeSpan value)
    {
        var changed = durations with { };
        trust.SetValue(changed, Write(value));
        return changed;
    }

    /// <summary>The school's differences with another value; null for the trust's.</summary>
    /// <exception cref="InvalidOperationException">Schools have none of their own (<see cref="IsOfSchools"/>).</exception>
    public SchoolOverrides With(SchoolOverrides own, TimeSpan? value)
    {
        var changed = own with { };
        (school ?? throw new InvalidOperationException($"{Name} is the trust's alone.")).SetValue(changed, value is { } set ? Write(set) : null);
        return changed;
    }

    private object Write(TimeSpan value) => IsWorkingDays ? (int)value.TotalDays : value;

    private static TimeSpan? Read(object? value) => value switch
    {
        TimeSpan time => time,
        int days => TimeSpan.FromDays(days),
        _ => null,
    };
}
