namespace PolicyFlows.Core.Hosts;

/// <summary>The sentences of a notice that depend on kind, ground and wanted outcome.</summary>
internal static class NoticeWords
{
    public static string Item(TargetKind kind) => kind switch
    {
        TargetKind.Page => "a page",
        TargetKind.Post => "a post",
        TargetKind.Comment => "a comment",
        TargetKind.Account => "an account",
        TargetKind.Group => "a group",
        TargetKind.Message => "a message",
        TargetKind.Call => "an account used for calls",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static string Verb(WantedOutcome wanted) => wanted switch
    {
        WantedOutcome.Remove => "remove",
        WantedOutcome.Amend => "amend",
        WantedOutcome.Restrict => "restrict",
        WantedOutcome.PreserveForPolice => "preserve",
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, message: null),
    };

    public static string WhatItIs(NoticeFacts facts, bool personal)
    {
        var whom = personal ? "me" : facts.Affected;
        var what = facts.Ground switch
        {
            Ground.Harassment => $"contains abuse aimed at {whom}",
            Ground.Threat => $"contains a threat against {whom}",
            Ground.PrivateInformation => $"shows private information about {whom}",
            Ground.Impersonation => $"pretends to be {whom}, or to speak for {(personal ? "me" : "them")}",
            Ground.Defamation => $"makes statements about {whom} that are said to be false and to harm {(personal ? "my" : "their")} reputation",
            Ground.Copyright => "uses a work without the owner's permission",
            _ => $"concerns {whom} and, in our view, breaks your rules",
        };
        return $"What it is: {Item(facts.Kind)} that {what}.";
    }

    public static string Wanted(NoticeFacts facts) => facts.Wanted switch
    {
        WantedOutcome.Remove => "What we ask for: please remove it, and copies of it on your service.",
        WantedOutcome.Amend => $"What we ask for: please have it changed as follows, or removed if that is not possible. {facts.AmendTo?.Trim()}".TrimEnd(),
        WantedOutcome.Restrict => "What we ask for: please restrict it, so that it can no longer be seen or shared by the public.",
        WantedOutcome.PreserveForPolice => "What we ask for: please preserve the item and the records about it for the police. Please do not delete it before they have told you.",
        _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Wanted, message: null),
    };

    /// <summary>What a ground needs beside the rest; what only the person concerned can say is left for them to fill in.</summary>
    public static IReadOnlyList<string> ForGround(NoticeFacts facts, bool personal) => facts.Ground switch
    {
        Ground.Harassment => ["Ground: harassment or abuse, against your own rules."],
        Ground.Threat =>
        [
            "Ground: a threat, against your own rules.",
            "Please preserve the item and the records about it, in case the police ask for them.",
        ],
        Ground.PrivateInformation =>
        [
            "Ground: private information published without permission, against your own rules.",
            personal
                ? "As the person the information is about I also object to its use and ask for its erasure (UK GDPR, Articles 21 and 17)."
                : "The person concerned may also object and ask for erasure under UK GDPR, Articles 21 and 17, in a request of their own.",
        ],
        Ground.Impersonation => ["Ground: impersonation, against your own rules. The person shown did not make this and does not control it."],
        Ground.Defamation =>
        [
            "Ground: defamation. For a notice under section 5 of the Defamation Act 2013 the person concerned adds:",
            "- their name and an e-mail address for the answer:",
            "- the words complained of, and where they stand:",
            "- what the words mean, and why that is defamatory:",
            "- which facts are wrong, or which opinions have no basis:",
            "- that they do not know enough about the poster to bring proceedings:",
            "- whether their name and address may be passed to the poster (yes or no):",
        ],
        Ground.Copyright =>
        [
            "Ground: copyright. The owner of the work (often whoever took the picture) adds:",
            "- name of the owner, and what the work is:",
            "- that no licence was given:",
            "- that this is said in good faith and is accurate:",
            "- signature:",
        ],
        _ => ["Ground: against your own rules."],
    };
}
