using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Web.Components;

/// <summary>A telephone number that a person may need now.</summary>
/// <param name="Who">Whom one reaches.</param>
/// <param name="Number">As written for people: "0344 381 4772".</param>
/// <param name="When">Hours, and what for.</param>
/// <param name="Checked">Where the number comes from and when it was last checked, in words; null for the school's own numbers.</param>
public sealed record PhoneNumber(string Who, string Number, string? When = null, string? Checked = null)
{
    /// <summary>A helpline of the settings, with its source and when it was checked.</summary>
    public static PhoneNumber Of(Helpline line) => new(
        line.Name,
        line.Number,
        line.For is null ? line.Hours : $"{line.For}. {line.Hours}",
        $"Source: {line.Source}. {(line.CheckedOn is { } day ? $"Checked on {London.Format(day)}." : "Not yet checked by your trust.")}");
}
