using PolicyFlows.Core.People;

namespace PolicyFlows.Core.SignIn;

/// <summary>Whom the trust's own directory of accounts (Entra ID) has signed in, as far as the program believes it.</summary>
/// <param name="ObjectId">Of the account in the trust's tenant: stays the same when name and address change.</param>
/// <param name="ShownAs">What the person knows the account by. To show, never to decide by.</param>
public sealed record WorkAccount(Guid ObjectId, string ShownAs)
{
    /// <summary>Addresses that the trust itself gave to the account. Empty for a guest: whatever address they have, somebody else gave it.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Object ids of the security groups that the account is in.</summary>
    public IReadOnlySet<Guid> GroupIds { get; init; } = new HashSet<Guid>();

    /// <summary>False when the account is in more groups than a sign-in can name: none of them counts then.</summary>
    public bool GroupsKnown { get; init; } = true;

    /// <summary>
    /// The person here at an instant whose account it is, or null. A person with an account id is found by that alone; somebody without one by the address.
    /// Two people who fit are nobody.
    /// </summary>
    public Person? PersonOf(TrustDirectory directory, DateTimeOffset at)
    {
        var listed = directory.People.Where(person => person.AccountId == ObjectId).ToList();
        if (listed.Count > 0)
        {
            // Also somebody who left: their account opens nothing, even where another row has their old address.
            var active = listed.Where(person => person.IsHere(at)).ToList();
            return active.Count == 1 ? active[0] : null;
        }

        var found = Addresses.Select(address => directory.ByEmail(address, at)).OfType<Person>().Distinct().ToList();
        return found is [{ AccountId: null } one] ? one : null;
    }
}
