namespace PolicyFlows.Core.Hosts;

/// <summary>What is to be removed. An address is optional for each; a handle is enough.</summary>
public enum TargetKind { Page, Post, Comment, Account, Group, Message, Call }

/// <summary>Why it is to be removed, in the words hosts use.</summary>
public enum Ground { Harassment, Threat, PrivateInformation, Impersonation, Defamation, Copyright, Other }

/// <summary>Who may file with a host.</summary>
public enum Filer
{
    /// <summary>Anybody, also a school manager.</summary>
    Any,

    /// <summary>The person concerned only. Clause 9.3, second sentence.</summary>
    Victim,

    /// <summary>The person concerned or somebody they authorise.</summary>
    Authorised,

    /// <summary>Whoever received the message or sees the chat.</summary>
    Recipient,
}

/// <summary>What a route is for.</summary>
public enum RoutePurpose { Abuse, Impersonation, Privacy, Intimate, Defamation, Copyright, Child, LawEnforcement }

/// <summary>How a route is reached.</summary>
public enum RouteChannel { Web, InApp, Email }

/// <summary>How sure the source of a fact is.</summary>
public enum Confidence
{
    /// <summary>The vendor or a statute says so.</summary>
    High,

    /// <summary>Secondary sources, or several agree.</summary>
    Medium,

    /// <summary>General knowledge; check before use.</summary>
    Low,
}

/// <summary>State of a host.</summary>
public enum HostStatus { Active, Renamed, Defunct }

/// <summary>What the school wants to happen to the item. Clause 9.3 says removed or amended.</summary>
public enum WantedOutcome { Remove, Amend, Restrict, PreserveForPolice }
