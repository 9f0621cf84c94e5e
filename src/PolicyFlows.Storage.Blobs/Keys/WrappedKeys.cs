using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyFlows.Storage.Blobs.Keys;

/// <summary>
/// Encrypts each data-protection key at rest: AES-256-GCM with a key of its own, which the vault wraps. The stored XML names the class that
/// decrypts it (<see cref="WrappedKeyDecryptor"/>): neither that name nor its assembly's may change while such keys are about.
/// </summary>
public sealed class WrappedKeyEncryptor(VaultKey vault) : IXmlEncryptor
{
    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var (key, nonce, tag) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[AesGcm.TagByteSizes.MaxSize]);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        try
        {
            var (id, wrapped) = vault.Wrap(key);
            var encrypted = new byte[plain.Length];
            using (var aes = new AesGcm(key, tag.Length)) aes.Encrypt(nonce, plain, encrypted, tag);
            return new(new XElement("wrappedKey", new XAttribute("version", 1), new XElement("kid", id), Bytes("key", wrapped), Bytes("nonce", nonce), Bytes("tag", tag), Bytes("value", encrypted)), typeof(WrappedKeyDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static XElement Bytes(string name, byte[] value) => new(name, Convert.ToBase64String(value));
}

/// <summary>Decrypts what <see cref="WrappedKeyEncryptor"/> encrypted. Made by the data-protection system, from the name in the stored XML.</summary>
public sealed class WrappedKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        var vault = services.GetService<VaultKey>() ?? throw new VaultKeyException("A stored key is wrapped, and no key of a vault is set.");
        var key = vault.Unwrap((string?)encryptedElement.Element("kid") ?? "", Bytes("key"));
        var (encrypted, tag) = (Bytes("value"), Bytes("tag"));
        var plain = new byte[encrypted.Length];
        try
        {
            using (var aes = new AesGcm(key, tag.Length)) aes.Decrypt(Bytes("nonce"), encrypted, tag, plain);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }

        byte[] Bytes(string name) => Convert.FromBase64String((string?)encryptedElement.Element(name) ?? "");
    }
}

/// <summary>Has new data-protection keys wrapped by a vault's key.</summary>
public static class WrappedKeyServices
{
    /// <summary>The setting with the address of the vault's key.</summary>
    public const string Setting = "PolicyFlows__KeysKey";

    /// <summary>Proves that the key works and uses it from now on; nothing happens without one. Keys that were stored before stay readable as they are.</summary>
    /// <exception cref="VaultKeyException">The setting is there and does not work: nothing is stored unwrapped then.</exception>
    public static IServiceCollection AddWrappedKeys(this IServiceCollection services, string? address, TokenCredential credential, Func<string, TokenCredential, VaultKey>? open = null)
    {
        if (string.IsNullOrWhiteSpace(address)) return services;
        VaultKey vault;
        try
        {
            vault = (open ?? ((key, identity) => VaultKey.Open(key, identity)))(address.Trim(), credential);
            vault.Prove();
        }
        catch (VaultKeyException failure)
        {
            throw new VaultKeyException($"The application setting {Setting} names a key that cannot be used. {failure.Message} The program's identity needs the role Key Vault Crypto Service Encryption User on it.", failure);
        }

        services.AddSingleton(vault);
        return services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new WrappedKeyEncryptor(vault));
    }
}
