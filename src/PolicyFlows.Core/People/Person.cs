namespace PolicyFlows.Core.People;

/// <summary>Somebody who works for the trust. Ids are opaque short strings (<c>p-…</c>).</summary>
public sealed record Person
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Full name as shown.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a person who can only be told on paper or by telephone.</summary>
    public string? Email { get; init; }

    /// <summary>Object id of the person's account in the trust's own directory of accounts (Entra ID); null where it is not known or there is none.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Work number.</summary>
    public string? Telephone { get; init; }

    /// <summary>Schools the person works at.</summary>
    public IReadOnlyList<string> SchoolIds { get; init; } = [];

    /// <summary>Roles held.</summary>
    public IReadOnlyList<RoleAt> Roles { get; init; } = [];

    /// <summary>False for somebody who has left; the record stays for the cases that name them.</summary>
    public bool Active { get; init; } = true;

    /// <summary>The instant from which the person no longer works here; null when nobody said one. Sessions, links and roles end with it.</summary>
    public DateTimeOffset? LeavesAt { get; init; }

    /// <summary>True while the person works here.</summary>
    public bool IsHere(DateTimeOffset at) => Active && (LeavesAt is not { } leaves || at < leaves);

    /// <summary>True when the person holds the role for that school (or trust-wide) at an instant.</summary>
    public bool Holds(Role role, string? schoolId, DateTimeOffset at) => IsHere(at) && Roles.Any(held => held.Role == role && held.Covers(schoolId, at));
}

/// <summary>A school of the trust.</summary>
public sealed record School
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Name as shown.</summary>
    public required string Name { get; init; }

    /// <summary>Main number.</summary>
    public required string Telephone { get; init; }
}

/// <summary>A time in which somebody is away and who stands in. <see cref="To"/> is the first instant they are back.</summary>
public sealed record Absence
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Who is away.</summary>
    public required string PersonId { get; init; }

    /// <summary>From this instant on.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until this instant, which is no longer part of it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Who stands in; null when nobody does and the next in order is asked.</summary>
    public string? SubstituteId { get; init; }

    /// <summary>True while it lasts.</summary>
    public bool Covers(DateTimeOffset at) => From <= at && at < To;
}
