using System.Security.Cryptography;
using System.Text;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

/// <summary>Signs as the service does, with a key of its own.</summary>
internal sealed class SignedEvents : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public string Sign(string timestamp, byte[] body, DSASignatureFormat format = DSASignatureFormat.Rfc3279DerSequence) =>
        Convert.ToBase64String(key.SignData([.. Encoding.ASCII.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, format));

    public void Dispose() => key.Dispose();
}
