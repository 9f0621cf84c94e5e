using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyFlows.Durable;
using PolicyFlows.Functions.Hosting;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>What the app is told by its settings.</summary>
public sealed class CompositionTests
{
    internal static readonly Dictionary<string, string?> Whole = new(StringComparer.Ordinal)
    {
        ["PolicyFlows:Records"] = "https://records.example", ["PolicyFlows:Evidence"] = "https://evidence.example", ["PolicyFlows:Quarantine"] = "https://quarantine.example",
        ["PolicyFlows:Keys"] = "https://host.example/keys/keys.xml", ["PolicyFlows:ServerKey"] = Convert.ToBase64String(new byte[32]), ["PolicyFlows:Address"] = "https://policyflows.example",
    };

    [Fact]
    public void All_settings_are_read() => Assert.Equal("https://records.example", HostSettings.Read(Configuration(Whole)).Records);

    [Fact]
    public void A_missing_setting_is_named()
    {
        foreach (var name in Whole.Keys)
        {
            var rest = Whole.Where(setting => setting.Key != name).ToDictionary(StringComparer.Ordinal);
            Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), Assert.Throws<InvalidOperationException>(() => HostSettings.Read(Configuration(rest))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_that_the_vault_did_not_give_is_refused_and_not_told()
    {
        var settings = new Dictionary<string, string?>(Whole, StringComparer.Ordinal) { ["PolicyFlows:ServerKey"] = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/server-key)" };
        var refusal = Assert.Throws<InvalidOperationException>(() => HostSettings.Read(Configuration(settings)));
        Assert.Contains("PolicyFlows__ServerKey", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("vault.example", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public void A_work_account_is_believed_only_where_the_platform_says_that_it_signs_people_in(string? enabled, bool on)
    {
        var settings = new Dictionary<string, string?>(Whole, StringComparer.Ordinal) { ["WEBSITE_AUTH_ENABLED"] = enabled, ["PolicyFlows:SignIn:Tenant"] = "11111111-2222-3333-4444-555555555555" };
        Assert.Equal(on, HostSettings.Read(Configuration(settings)).SignIn.IsOn);
    }

    [Fact]
    public void Roles_from_groups_are_read_and_a_mistake_in_them_is_named()
    {
        var settings = new Dictionary<string, string?>(Whole, StringComparer.Ordinal) { ["PolicyFlows:SignIn:RoleGroups"] = "Dpo=99999999-0000-0000-0000-000000000001" };
        Assert.Equal([PolicyFlows.Core.People.Role.Dpo], HostSettings.Read(Configuration(settings)).RoleGroups.Roles);
        settings["PolicyFlows:SignIn:RoleGroups"] = "Headteacher=99999999-0000-0000-0000-000000000001";
        Assert.Contains("PolicyFlows__SignIn__RoleGroups", Assert.Throws<FormatException>(() => HostSettings.Read(Configuration(settings))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_crosses_the_workers_boundary_is_the_contracts_JSON()
    {
        using var services = new ServiceCollection().AddEngineJson().BuildServiceProvider();
        var serializer = services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        Assert.Equal(Json.Write(DayOfWeek.Monday), serializer.Serialize(DayOfWeek.Monday, typeof(DayOfWeek), CancellationToken.None).ToString());
    }

    [Fact]
    public void The_key_that_wraps_the_others_is_read_and_may_be_missing()
    {
        Assert.Null(HostSettings.Read(Configuration(Whole)).KeysKey);
        var settings = new Dictionary<string, string?>(Whole, StringComparer.Ordinal) { ["PolicyFlows:KeysKey"] = "https://trust.vault.azure.net/keys/data-protection" };
        Assert.Equal("https://trust.vault.azure.net/keys/data-protection", HostSettings.Read(Configuration(settings)).KeysKey);
    }

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
