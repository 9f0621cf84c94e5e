namespace PolicyFlows.Web.Report;

/// <summary>Names of the fields of the report, on the pages and in the draft.</summary>
internal static class ReportFields
{
    public const string School = "school", For = "for", ColleagueName = "colleague-name", ColleagueEmail = "colleague-email",
        What = "what", Seen = "seen", Account = "account",
        Kind = "kind", Link = "link", Handle = "handle", Platform = "platform", Own = "own", Cannot = "cannot", Targets = "targets",
        Images = "images", File = "file",
        Name = "name", Email = "email", Telephone = "telephone",
        Named = "named", Involved = "involved", PeopleSeen = "people-seen";

    public const string Yes = "yes", No = "no", Self = "self", Colleague = "colleague";

    /// <summary>Longest answers in characters. A row of the store holds 32 Ki characters, and each may need six there.</summary>
    public const int WhatLength = 4000, LineLength = 200, NameLength = 100;

    /// <summary>Most targets of the form; more can be added on the receipt page.</summary>
    public const int MostTargets = 10;

    /// <summary>Most files of the form; more can be added on the receipt page.</summary>
    public const int MostFiles = 10;
}
