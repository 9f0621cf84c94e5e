namespace PolicyFlows.Web.Components;

/// <summary>A telephone number that a person may need now.</summary>
/// <param name="Who">Whom one reaches.</param>
/// <param name="Number">As written for people: "0344 381 4772".</param>
/// <param name="When">Hours, and what for.</param>
/// <param name="Checked">Where the number comes from and when it was last checked, in words; null for the school's own numbers.</param>
public sealed record PhoneNumber(string Who, string Number, string? When = null, string? Checked = null);
