using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Storage.Blobs.Keys;

namespace PolicyFlows.Web.Tests.SignIn;

/// <summary>Keys behind cookies and form tokens, wrapped by a key that stays in a vault.</summary>
public sealed class WrappedKeyTests : IDisposable
{
    private readonly StubVault vault = new();
    private readonly Stored stored = new();

    public void Dispose() => vault.Dispose();

    [Fact]
    public void What_one_worker_protects_another_reads_and_the_stored_key_is_not_readable_without_the_vault()
    {
        var cookie = Protector(StubVault.Key).Protect("who it is");
        Assert.Equal("who it is", Protector(StubVault.Key).Unprotect(cookie));
        var xml = Assert.Single(stored.Elements).ToString();
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        Assert.Contains($"<kid>{StubVault.Key}/1</kid>", xml, StringComparison.Ordinal);
        Assert.Contains("PolicyFlows.Storage.Blobs.Keys.WrappedKeyDecryptor, PolicyFlows.Storage.Blobs, Version=1.0.0.0", xml, StringComparison.Ordinal);
        Assert.ThrowsAny<CryptographicException>(() => Protector(null).Unprotect(cookie));
        Assert.Equal(["https://vault.azure.net/.default"], vault.Scopes);
    }

    [Fact]
    public void Keys_from_before_stay_readable()
    {
        var cookie = Protector(null).Protect("who it is");
        Assert.Contains("masterKey", Assert.Single(stored.Elements).ToString(), StringComparison.Ordinal);
        Assert.Equal("who it is", Protector(StubVault.Key).Unprotect(cookie));
    }

    [Fact]
    public void A_newer_version_of_the_vaults_key_wraps_from_then_on_and_the_older_one_still_unwraps()
    {
        var encryptor = new WrappedKeyEncryptor(vault.Open());
        var before = encryptor.Encrypt(new XElement("secret", "one"));
        vault.Rotate();
        var after = encryptor.Encrypt(new XElement("secret", "two"));
        Assert.Equal($"{StubVault.Key}/2", (string?)after.EncryptedElement.Element("kid"));
        Assert.Equal(["<secret>one</secret>", "<secret>two</secret>"], new[] { before, after }.Select(e => Decryptor().Decrypt(e.EncryptedElement).ToString()));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("nonce")]
    [InlineData("tag")]
    [InlineData("value")]
    public void Whatever_was_altered_is_refused(string part)
    {
        var encrypted = new WrappedKeyEncryptor(vault.Open()).Encrypt(new XElement("secret", "one")).EncryptedElement;
        var bytes = Convert.FromBase64String(encrypted.Element(part)!.Value);
        bytes[^1] ^= 1;
        encrypted.Element(part)!.Value = Convert.ToBase64String(bytes);
        Assert.ThrowsAny<CryptographicException>(() => Decryptor().Decrypt(encrypted));
    }

    [Theory]
    [InlineData("https://evil.example/keys/data-protection/1")]
    [InlineData("https://other.vault.azure.net/keys/data-protection/1")]
    [InlineData("https://trust.vault.azure.net/keys/other/1")]
    [InlineData("https://trust.vault.azure.net/keys/data-protection")]
    [InlineData("https://trust.vault.azure.net/keys/data-protection/1?x=y")]
    [InlineData("https://trust.vault.azure.net:8443/keys/data-protection/1")]
    [InlineData("http://trust.vault.azure.net/keys/data-protection/1")]
    [InlineData("https://trust.vault.azure.net/secrets/data-protection/1")]
    [InlineData("")]
    public void A_stored_id_of_another_key_is_never_called(string id)
    {
        var encrypted = new WrappedKeyEncryptor(vault.Open()).Encrypt(new XElement("secret", "one")).EncryptedElement;
        vault.Calls.Clear();
        encrypted.Element("kid")!.Value = id;
        Assert.Throws<VaultKeyException>(() => Decryptor().Decrypt(encrypted));
        Assert.Empty(vault.Calls);
        vault.Pretends = id;
        Assert.Throws<VaultKeyException>(() => vault.Open().Wrap(new byte[32]));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public void A_key_that_may_not_be_used_stops_the_start_and_the_message_says_which_setting(HttpStatusCode status)
    {
        vault.Refuses = status;
        var refusal = Assert.Throws<VaultKeyException>(() => Protector(StubVault.Key));
        Assert.StartsWith($"The application setting PolicyFlows__KeysKey names a key that cannot be used. The vault answered {(int)status} to wrapkey.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("trust.vault", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(stored.Elements);
    }

    [Theory]
    [InlineData("data-protection")]
    [InlineData("http://trust.vault.azure.net/keys/data-protection")]
    [InlineData("https://trust.vault.azure.net")]
    [InlineData("https://trust.vault.azure.net/secrets/data-protection")]
    [InlineData("https://trust.vault.azure.net/keys/data-protection?x=y")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://trust.vault.azure.net/keys/data-protection)")]
    public void What_is_no_key_of_a_vault_stops_the_start(string setting)
    {
        Assert.Contains("PolicyFlows__KeysKey", Assert.Throws<VaultKeyException>(() => Protector(setting)).Message, StringComparison.Ordinal);
        Assert.Empty(vault.Calls);
    }

    [Fact]
    public void A_vault_that_cannot_be_reached_stops_the_start()
    {
        var refusal = Assert.Throws<VaultKeyException>(() => new ServiceCollection().AddWrappedKeys(StubVault.Key, new NoIdentity()));
        Assert.Contains("It cannot be reached (", refusal.Message, StringComparison.Ordinal);
    }

    private IDataProtector Protector(string? key)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName("PolicyFlows");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = stored);
        services.AddWrappedKeys(key, new StubVault.Identity(vault), (address, _) => vault.Open(address));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private WrappedKeyDecryptor Decryptor() => new(new ServiceCollection().AddSingleton(vault.Open()).BuildServiceProvider());

    private sealed class NoIdentity : Azure.Core.TokenCredential
    {
        public override Azure.Core.AccessToken GetToken(Azure.Core.TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("no identity here");

        public override ValueTask<Azure.Core.AccessToken> GetTokenAsync(Azure.Core.TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("no identity here");
    }

    private sealed class Stored : IXmlRepository
    {
        public List<XElement> Elements { get; } = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. Elements.Select(e => new XElement(e))];

        public void StoreElement(XElement element, string friendlyName) => Elements.Add(element);
    }
}
