using System.Net;
using System.Net.Mail;
using PolicyFlows.Core.Mail;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>As whom mail is sent through SendGrid.</summary>
/// <param name="ApiKey">A secret; <see cref="ToString"/> leaves it out. It needs the scope mail.send and no other.</param>
/// <param name="FromAddress">A sender that the account has verified.</param>
/// <param name="FromName">Plain ASCII: the service takes no other sender (its "Limitations" page).</param>
/// <param name="Host">https://api.sendgrid.com, or https://api.eu.sendgrid.com for a subuser in the EU.</param>
/// <param name="Sandbox">The service checks every message and delivers none.</param>
/// <param name="Timeout">Longest try for one message; 20 seconds when null.</param>
public sealed record SendGridSettings(
    string ApiKey, string FromAddress, string FromName, string Host = SendGridSettings.DefaultHost, bool Sandbox = false, TimeSpan? Timeout = null)
{
    /// <summary>Address of the service for accounts outside the EU region.</summary>
    public const string DefaultHost = "https://api.sendgrid.com";

    /// <summary>For logs.</summary>
    public override string ToString() => Sandbox ? $"{Host} (sandbox)" : Host;

    /// <exception cref="ArgumentException">Says what is wrong, never the key.</exception>
    internal void Check(string name)
    {
        if (ApiKey.StartsWith("@Microsoft.KeyVault", StringComparison.Ordinal)) throw new ArgumentException("The Key Vault reference of the SendGrid key was not resolved.", name);
        if (ApiKey.Length == 0 || ApiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("The SendGrid key is missing, or has characters that no key has.", name);
        if (!MailAddress.TryCreate(FromAddress, out var from) || from.Address != FromAddress)
            throw new ArgumentException("The sender's address is not an e-mail address.", name);
        MailHeaderText.CheckOneLine(FromName, name);
        if (FromName.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException("SendGrid takes only plain ASCII in the sender's name.", name);
        if (!Uri.TryCreate(Host, UriKind.Absolute, out var host) || !(host.Scheme == Uri.UriSchemeHttps || IsThisMachine(host)))
            throw new ArgumentException("The address of SendGrid begins with https://.", name);
    }

    private static bool IsThisMachine(Uri host) =>
        host.Scheme == Uri.UriSchemeHttp && (host.Host == "localhost" || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address)));
}
