namespace PolicyFlows.Web.Policies;

/// <summary>A clause, or a few that belong together, and what the program does about it.</summary>
/// <param name="Numbers">Numbers it speaks of; each is an address on the page.</param>
/// <param name="About">What it is about, in our own words.</param>
/// <param name="Today">What the program does for it now.</param>
/// <param name="NotYet">What it does not do yet; null when nothing is open.</param>
public sealed record PolicyClause(IReadOnlyList<string> Numbers, string About, string Today, string? NotYet);

/// <summary>
/// What each clause does here, said honestly. Numbers only are taken from the policy; every sentence is ours.
/// </summary>
public static class PolicyClauses
{
    /// <summary>In the order of the policy.</summary>
    public static IReadOnlyList<PolicyClause> All { get; } =
    [
        new(["1", "2.1", "2.2"], "Why there is a policy, and that it covers work and private use", "This page is open to everyone.", "The text of the policy, by version."),
        new(["2.3", "2.4"], "It counts on any device, and in private where standards or reputation are touched",
            "A report is never refused because of the account or the device. The form asks which account it was, and takes any answer.", "The test whether a private post is in scope."),
        new(["2.5"], "It counts for everyone who works for the trust, however they are employed",
            "Anyone can report without an account. People without a mail address here are asked on their receipt page.", null),
        new(["3.1"], "What employees look after themselves", "Nothing yet.", "A yearly acknowledgement by each person, with proof of the version that was shown."),
        new(["3.2"], "Managers answer questions", "Nothing yet.", "A form that takes a question to the line manager, and keeps the answer."),
        new(["3.3"], "Human resources advise and keep the policy up to date", "Conduct of staff is handed over to human resources.", "Reviews and advice as tasks."),
        new(["4.1"], "Which sites count", "Every site counts. A directory of known hosts says who may ask for removal, and how; an unknown site has a route too.", null),
        new(["5.1", "5.2"], "What staff should keep in mind, and should not post", "Nothing yet.", "Reports of breaches by kind."),
        new(["5.3"], "Pupils, former pupils and parents on private accounts", "Nothing yet.", "A form to tell that one was contacted, with advice at once."),
        new(["5.4"], "Posting in lesson time", "Nothing yet.", "A record of who was asked to post for an event, and by whom."),
        new(["6.1"], "Risks to children", "Every report first asks whether a child is at risk.", null),
        new(["7.1"], "Concerns about a child go to the lead officer",
            "A form of a few fields alerts the designated safeguarding lead and deputies side by side, before anything else happens. A manager can hand over from a report as well.", null),
        new(["7.2"], "At once",
            "Sent within seconds. If nobody confirms it, it is sent again, then the trust lead and the headteacher are told. Telephone numbers are on the page.", null),
        new(["7.3"], "Abuse on work accounts", "The report asks which account it was. It is treated in the same way.", null),
        new(["8.1"], "Do not answer it, report it to a senior manager",
            "The report goes to the senior manager, never to anyone who is named in it. Whoever is asked can say that it concerns them; the next person is asked at once.", null),
        new(["8.2"], "Keep what there is",
            "Files are kept unchanged, with a hash made while they arrive, and with a record of who received, opened or downloaded them. More can be added later.", "An evidence pack to take away, and to verify offline."),
        new(["9.1"], "A prompt look by the senior manager",
            "A decision is asked for within 4 hours. After that the deputy joins, then the headteacher. The clock runs through nights and weekends.", "An investigation plan, and lessons after closing."),
        new(["9.2"], "When it was a pupil", "Handed over to the owner of the behaviour policy.", "The outcome by code."),
        new(["9.3"], "Ask the site to remove it within 24 hours, and help where only the person themselves may ask",
            "For each page, post or message: a request text by host and ground, a task for whoever may send it, warnings at 12 and 20 hours, and two clocks: until it is sent, and until it is gone.", null),
        new(["9.4"], "Check, and go to the provider if the site does not act",
            "A person checks after 24 and 48 hours, and again after 7 and 30 days. If it is still there, the hosting provider is next. If it comes back, the case opens again.",
            "The steps between: appeal, helplines, search engines. Looking up who hosts a site."),
        new(["9.5"], "Police, if the member of staff agrees",
            "The person is asked by a link of their own, may refuse, may want to talk first, and can take a yes back. No answer is ever assumed.", "The exception of two people where someone is in danger."),
        new(["9.6"], "Support",
            "Offered with every report, to the person harmed. Accepted support becomes a task, with follow-ups after 7 and 30 days. Nothing about health is kept.", null),
        new(["10.1", "10.2", "10.3", "10.4"], "When staff may have broken the policy",
            "Handed over to human resources. There is no field for passwords, and there will be none.", "The investigation itself: people, steps, seriousness, outcome, appeal."),
        new(["10.5"], "Unlawful conduct goes to the police and others", "Through the route to the police.", "Reports to other agencies."),
        new(["11.1"], "Monitoring on the trust's network", "Nothing. The program monitors nobody.", "A register of authorisations that end by themselves."),
        new(["11.2"], "A review every year, and when something important happens", "This page and every dashboard say that the review is overdue.", "The review as a workflow, from reminder to publication."),
        new(["11.3"], "Not part of a contract; unions are consulted", "Nothing yet.", "The consultation as a step of the review."),
        new(["12.1"], "The law it rests on", "Nothing yet.", "A register of the law, with the date it was last checked."),
        new(["13.1"], "Any medium", "No rule here depends on one site. \"Other\" is always an answer.", null),
    ];
}
