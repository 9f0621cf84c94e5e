using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Architecture;

/// <summary>What must stay true of the Azure resources, read from their descriptions. The compiler looks at the rest (docs/azure.md).</summary>
public sealed partial class InfrastructureTests
{
    /// <summary>Milliseconds a pattern may look; the files are small.</summary>
    private const int Patience = 1000;

    private static readonly string Repository = Root();
    private static readonly string Infra = Path.Combine(Repository, "infra");
    private static readonly string[] Files = Directory.GetFiles(Infra, "*.bicep", SearchOption.AllDirectories);

    private static readonly string[] Expected =
    [
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri", "AzureWebJobsDisableHomepage", "POLICYFLOWS_HUB", "POLICYFLOWS_HUB_STORAGE__credential",
        "POLICYFLOWS_HUB_STORAGE__clientId", "POLICYFLOWS_HUB_STORAGE__blobServiceUri", "POLICYFLOWS_HUB_STORAGE__queueServiceUri",
        "POLICYFLOWS_HUB_STORAGE__tableServiceUri", "AZURE_CLIENT_ID", "PolicyFlows__Address", "PolicyFlows__Records", "PolicyFlows__Evidence",
        "PolicyFlows__Quarantine", "PolicyFlows__Keys", "PolicyFlows__KeysKey", "PolicyFlows__SignIn__Tenant", "PolicyFlows__SignIn__RoleGroups", "PolicyFlows__ServerKey", "PolicyFlows__Mail__ApiKey", "PolicyFlows__Mail__From",
        "PolicyFlows__Mail__FromName", "PolicyFlows__Mail__WebhookKey", "PolicyFlows__Mail__Sandbox", "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    [Fact]
    public void No_key_of_a_storage_account_is_read_or_written() => Assert.All(Files, file =>
        Assert.DoesNotMatch("(?i)listKeys|listAccountSas|listServiceSas|AccountKey|SharedAccessKey|allowSharedKeyAccess: true", File.ReadAllText(file)));

    [Fact]
    public void Every_storage_account_refuses_keys_public_blobs_and_old_encryption()
    {
        var makers = Files.Where(f => NewAccount().IsMatch(File.ReadAllText(f))).ToList();
        Assert.Equal([Path.Combine(Infra, "modules", "storage", "account.bicep")], makers);
        var account = File.ReadAllText(makers[0]);
        Assert.Contains("allowSharedKeyAccess: allowSharedKeyAccess", account, StringComparison.Ordinal);
        Assert.Contains("allowBlobPublicAccess: false", account, StringComparison.Ordinal);
        Assert.Contains("minimumTlsVersion: 'TLS1_2'", account, StringComparison.Ordinal);

        var uses = Files.SelectMany(f => AccountUse().Matches(File.ReadAllText(f))).Select(m => m.Value).ToList();
        Assert.Equal(4, uses.Count);
        Assert.All(uses, use => Assert.Contains("allowSharedKeyAccess: false", use, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_deleted_from_quarantine_is_gone()
    {
        var quarantine = Flat(Read("modules", "storage", "quarantine.bicep"));
        Assert.Contains("isVersioningEnabled: false", quarantine, StringComparison.Ordinal);
        foreach (var keeper in new[] { "deleteRetentionPolicy", "containerDeleteRetentionPolicy", "restorePolicy", "changeFeed" })
            Assert.Contains($"{keeper}: {{ enabled: false }}", quarantine, StringComparison.Ordinal);
        Assert.DoesNotMatch("enabled: true|isVersioningEnabled: true|immutab", quarantine);
    }

    [Fact]
    public void Only_evidence_is_backed_up()
    {
        var main = Read("main.bicep");
        var uses = BackupUse().Matches(main);
        var use = Assert.Single(uses).Value;
        Assert.Contains("evidenceAccountName: evidenceName", use, StringComparison.Ordinal);
        Assert.DoesNotMatch("quarantine|records|host", use);
        Assert.Contains("dataStoreType: 'VaultStore'", Read("modules", "backup.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_keeps_versions_and_its_policy_is_never_locked()
    {
        var evidence = Flat(Read("modules", "storage", "evidence.bicep"));
        Assert.Contains("isVersioningEnabled: true", evidence, StringComparison.Ordinal);
        Assert.Contains("immutableStorageWithVersioning: { enabled: true }", evidence, StringComparison.Ordinal);
        Assert.All(Files, f => Assert.DoesNotMatch("'Locked'|immutabilityPolicies/lock", File.ReadAllText(f)));
    }

    [Fact]
    public void The_program_gets_exactly_the_settings_it_reads()
    {
        var settings = Setting().Matches(Read("modules", "app-settings.bicep")).Select(m => m.Groups["name"].Value);
        Assert.Equal(Expected.Order(StringComparer.Ordinal), settings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_host_takes_requests_as_large_as_the_pages_do()
    {
        Assert.Contains($"FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '{Uploads.RequestBytes}'", Read("modules", "app-settings.bicep"), StringComparison.Ordinal);
        Assert.Contains($"\"FUNCTIONS_REQUEST_BODY_SIZE_LIMIT\": \"{Uploads.RequestBytes}\"", Read("local.settings.example.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_in_by_the_platform_turns_nobody_away_and_takes_sign_ins_of_one_tenant()
    {
        var authentication = Flat(Read("modules", "authentication.bicep"));
        Assert.Contains("requireAuthentication: false unauthenticatedClientAction: 'AllowAnonymous'", authentication, StringComparison.Ordinal);
        Assert.Contains("${tenantId}/v2.0", authentication, StringComparison.Ordinal);
        Assert.Contains("allowedAudiences: [clientId]", authentication, StringComparison.Ordinal);
        // A path that is left out would show the program the header as a visitor wrote it.
        Assert.DoesNotContain("excludedPaths", authentication, StringComparison.Ordinal);
        Assert.DoesNotContain("WEBSITE_AUTH_ENABLED", string.Concat(Files.Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_only_named_never_held()
    {
        var settings = Read("modules", "app-settings.bicep");
        Assert.Contains("PolicyFlows__ServerKey: serverKeyReference", settings, StringComparison.Ordinal);
        Assert.Contains("PolicyFlows__Mail__ApiKey: sendGridReference", settings, StringComparison.Ordinal);
        var vault = Read("modules", "key-vault.bicep");
        foreach (var secret in new[] { "sendgrid-api-key", "server-key" })
            Assert.Contains($"= '@Microsoft.KeyVault(VaultName=${{vault.name}};SecretName={secret})'", vault, StringComparison.Ordinal);
        Assert.All(Files, f => Assert.DoesNotContain("vaults/secrets@", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public void No_output_is_a_secret()
    {
        var outputs = Files.SelectMany(f => Output().Matches(File.ReadAllText(f))).Select(m => m.Value).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.DoesNotMatch(@"(?i)list\w*\(|\.value\b|password|InstrumentationKey|getSecret", output));
        Assert.All(Files, f => Assert.DoesNotContain("@secure()", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_asked_for_is_passed_by_the_workflow_and_explained()
    {
        var asked = EnvironmentValue().Matches(Read("main.bicepparam")).Select(m => m.Groups["name"].Value).ToList();
        Assert.NotEmpty(asked);
        var workflow = File.ReadAllText(Path.Combine(Repository, ".github", "workflows", "deploy.yml"));
        var docs = File.ReadAllText(Path.Combine(Repository, "docs", "azure.md"));
        Assert.All(asked, name => Assert.Contains($"  {name}: ${{{{ vars.{name}", workflow, StringComparison.Ordinal));
        Assert.All(asked, name => Assert.Contains(name, docs, StringComparison.Ordinal));
        Assert.DoesNotContain("secrets.", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_looks_for_words_that_the_program_logs()
    {
        var wanted = Regex.Matches(Read("modules", "alerts.bicep"), "Message startswith \"(?<words>[^\"]+)\"", RegexOptions.NonBacktracking).Select(m => m.Groups["words"].Value).ToList();
        Assert.NotEmpty(wanted);
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(wanted, words => Assert.Contains($"(\"{words}", source, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_for_a_developers_machine_names_known_settings()
    {
        using var example = JsonDocument.Parse(Read("local.settings.example.json"));
        var names = example.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name);
        // A storage connection is one string on the emulator and a section on Azure; mail goes to an address that leads nowhere.
        Assert.Empty(names.Except([.. Expected, "AzureWebJobsStorage", "POLICYFLOWS_HUB_STORAGE", "FUNCTIONS_WORKER_RUNTIME", "PolicyFlows__Mail__Host"]));
    }

    [Theory]
    [InlineData("EvidenceContainer", "src/PolicyFlows.Storage.Blobs/EvidenceBlobs.cs", "evidence.bicep")]
    [InlineData("QuarantineContainer", "src/PolicyFlows.Storage.Blobs/EvidenceBlobs.cs", "quarantine.bicep")]
    [InlineData("TableName", "src/PolicyFlows.Storage.Tables/TableRecordStore.cs", "records.bicep")]
    public void A_container_or_table_has_the_name_that_the_adapter_asks_for(string constant, string adapter, string module)
    {
        var name = Regex.Match(File.ReadAllText(Path.Combine(Repository, adapter)), $"const string {constant} = \"(?<name>[a-z]+)\"", RegexOptions.NonBacktracking).Groups["name"].Value;
        Assert.NotEmpty(name);
        Assert.Contains($"  name: '{name}'\n", Read("modules", "storage", module), StringComparison.Ordinal);
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Infra, .. path])).ReplaceLineEndings("\n");

    /// <summary>Without comments and with single spaces, so that the layout of a block does not matter.</summary>
    private static string Flat(string bicep) => Spaces().Replace(Comment().Replace(bicep, ""), " ");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyFlows.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("These tests read the files beside PolicyFlows.sln.");
    }

    [GeneratedRegex(@"'Microsoft\.Storage/storageAccounts@[^']+' = ", RegexOptions.None, Patience)]
    private static partial Regex NewAccount();

    [GeneratedRegex(@"module \w+ '[\w/]*account\.bicep' = \{[\s\S]*?\n\}", RegexOptions.None, Patience)]
    private static partial Regex AccountUse();

    [GeneratedRegex(@"module \w+ '[\w/]*backup\.bicep' = \{[\s\S]*?\n\}", RegexOptions.None, Patience)]
    private static partial Regex BackupUse();

    [GeneratedRegex(@"(?m)^    (?<name>\w+): ", RegexOptions.None, Patience)]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?m)^output .*$", RegexOptions.None, Patience)]
    private static partial Regex Output();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'", RegexOptions.None, Patience)]
    private static partial Regex EnvironmentValue();

    [GeneratedRegex(@"(?m)//.*$", RegexOptions.None, Patience)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+", RegexOptions.None, Patience)]
    private static partial Regex Spaces();
}
