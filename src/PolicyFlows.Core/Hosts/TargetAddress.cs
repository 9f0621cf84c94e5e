namespace PolicyFlows.Core.Hosts;

/// <summary>Why an address is not taken.</summary>
public enum AddressRefusal
{
    /// <summary>Nothing was entered.</summary>
    Empty,

    /// <summary>Not an address of a page.</summary>
    NotAnAddress,

    /// <summary>Not http or https: a script, a file, data.</summary>
    NotTheWeb,

    /// <summary>Carries a user name or password.</summary>
    HasCredentials,

    /// <summary>Over 2,048 characters.</summary>
    TooLong,
}

/// <summary>An address of reported content.</summary>
/// <param name="Original">As entered, trimmed; what evidence and notices quote.</param>
/// <param name="Normalised">For comparing: lower-case punycode host, no default port, no fragment that only scrolls, no tracking parameters.</param>
/// <param name="HostName">Host name in ASCII (punycode), lower case.</param>
/// <param name="DisplayHost">Host name as readers know it; differs from <paramref name="HostName"/> only for international names.</param>
public sealed record TargetAddress(string Original, string Normalised, string HostName, string DisplayHost)
{
    /// <summary>Reads an address; <c>example.org/page</c> without a scheme is taken as https. Exactly one of the two results is set.</summary>
    public static (TargetAddress? Address, AddressRefusal? Refusal) Normalise(string? entered) => AddressReading.Read(entered);
}
