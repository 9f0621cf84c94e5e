using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Core.Tests.SignIn;

public sealed class WorkAccountTests
{
    private const string Mail = "sam@polygon.example";
    private static readonly Guid Account = Guid.NewGuid();

    [Fact]
    public void A_person_without_an_account_id_is_found_by_the_address() => Assert.Equal("p-1", Find(Sam("p-1")));

    [Fact]
    public void Two_people_of_one_address_are_nobody() => Assert.Null(Find(Sam("p-1"), Sam("p-2")));

    [Fact]
    public void Two_addresses_of_two_people_are_nobody() =>
        Assert.Null((Signed with { Addresses = [Mail, "kit@polygon.example"] }).PersonOf(Of(Sam("p-1"), Sam("p-2") with { Email = "kit@polygon.example" }), Now)?.Id);

    [Fact]
    public void An_account_id_counts_before_the_address() => Assert.Equal("p-2", Find(Sam("p-1"), Sam("p-2") with { Email = "old@polygon.example", AccountId = Account }));

    [Fact]
    public void A_person_with_another_account_id_is_not_found_by_the_address() => Assert.Null(Find(Sam("p-1") with { AccountId = Guid.NewGuid() }));

    [Fact]
    public void Two_people_of_one_account_are_nobody() => Assert.Null(Find(Sam("p-1") with { AccountId = Account }, Sam("p-2") with { Email = "x@polygon.example", AccountId = Account }));

    [Fact]
    public void The_account_of_somebody_who_left_is_nobodys_even_where_another_has_their_address() =>
        Assert.Null(Find(Sam("p-1") with { AccountId = Account, Active = false }, Sam("p-2")));

    [Fact]
    public void Somebody_who_came_back_under_another_id_is_found() =>
        Assert.Equal("p-2", Find(Sam("p-1") with { AccountId = Account, Active = false }, Sam("p-2") with { AccountId = Account }));

    [Fact]
    public void Somebody_who_left_is_not_found_by_the_address() => Assert.Null(Find(Sam("p-1") with { Active = false }));

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static WorkAccount Signed => new(Account, Mail) { Addresses = [Mail.ToUpperInvariant()] };

    private static string? Find(params Person[] people) => Signed.PersonOf(Of(people), Now)?.Id;

    private static Person Sam(string id) => new() { Id = id, Name = "Sam", Email = Mail };

    private static TrustDirectory Of(params Person[] people) => new(DemonstrationSeed.Create().Settings, [], people, []);
}
