using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;

namespace PolicyFlows.Core.Mail;

/// <summary>Where and as whom mail is sent.</summary>
/// <param name="UseTls">STARTTLS (RFC 3207); nothing is sent if the server does not offer it.</param>
/// <param name="User">Null for a server that asks for no sign-in. Never without TLS but to this machine.</param>
/// <param name="Password">A secret; <see cref="ToString"/> leaves it out.</param>
/// <param name="Timeout">Longest try for one message; 20 seconds when null.</param>
public sealed record SmtpSettings(
    string Host, int Port, bool UseTls, string? User, string? Password, string FromAddress, string FromName, TimeSpan? Timeout = null)
{
    /// <summary>For logs.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Mail over SMTP, one connection a message.</summary>
public sealed class SmtpTransport : IMailTransport
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(20);

    private readonly SmtpSettings settings;
    private readonly TimeProvider systemTime;

    /// <summary>Checks the settings; does not connect.</summary>
    /// <exception cref="ArgumentException">A password would travel in the clear, or the sender's address is none.</exception>
    public SmtpTransport(SmtpSettings settings, TimeProvider systemTime)
    {
        if (settings is { User: not null, UseTls: false } && !IsThisMachine(settings.Host))
        {
            throw new ArgumentException("A mail server that asks for a password needs TLS.", nameof(settings));
        }

        if (!MailAddress.TryCreate(settings.FromAddress, out _))
        {
            throw new ArgumentException("The sender's address is not an e-mail address.", nameof(settings));
        }

        MailHeaderText.CheckOneLine(settings.FromName, nameof(settings));
        this.settings = settings;
        this.systemTime = systemTime;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A header value holds a line break.</exception>
    public async Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        MailHeaderText.Check(message);
        using var mail = Compose(message);
        using var limit = new CancellationTokenSource(settings.Timeout ?? DefaultTimeout, systemTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.UseTls,
            UseDefaultCredentials = false,
            Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
        };
        try
        {
            // Waited for apart: a connection attempt into nothing does not always heed the cancellation.
            await client.SendMailAsync(mail, stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MailUnavailableException($"The mail server {settings} did not answer in time.", failure);
        }
        catch (SmtpException failure) when (IsAboutTheMessage((int)failure.StatusCode))
        {
            throw new MailRefusedException($"The mail server refused the message ({(int)failure.StatusCode}).", failure);
        }
        catch (SmtpException failure) when (IsAboutTheMailbox(failure))
        {
            throw new MailDeferredException($"The mail server did not take the message for this mailbox now ({(int)failure.StatusCode}).", failure);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or SocketException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            throw new MailUnavailableException($"The mail server {settings} did not take the message: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> ProbeAsync(CancellationToken cancellation = default)
    {
        using var limit = new CancellationTokenSource(settings.Timeout ?? DefaultTimeout, systemTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(settings.Host, settings.Port, stop.Token);
            using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
            var greeting = await reader.ReadLineAsync(stop.Token);
            await connection.GetStream().WriteAsync("QUIT\r\n"u8.ToArray(), stop.Token);
            return greeting is ['2', '2', '0', ..] ? null : $"The mail server {settings} does not greet as one.";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"The mail server {settings} did not answer in time.";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return $"The mail server {settings} cannot be reached: {failure.Message}";
        }
    }

    private MailMessage Compose(MailMessageText message)
    {
        var mail = new MailMessage(
            new MailAddress(settings.FromAddress, settings.FromName, Encoding.UTF8),
            new MailAddress(message.ToAddress, message.ToName, Encoding.UTF8))
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = message.Body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            // The library writes line ends in quoted-printable as =0D=0A, which RFC 2045 6.7 does not allow in text.
            BodyTransferEncoding = TransferEncoding.Base64,
            IsBodyHtml = false,
        };
        mail.Headers.Add("Message-ID", $"<{message.MessageId}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    /// <summary>5xx, but for those that say that we may not sign in (RFC 4954 6): they concern the settings, and a later try may work.</summary>
    private static bool IsAboutTheMessage(int status) => status is >= 500 and < 600 and not (530 or 534 or 535 or 538);

    /// <summary>
    /// 450 and 452 name the mailbox or its room (RFC 5321 4.2.3); other 4xx count only where the recipient was answered with them. 421 is the
    /// server's own good-bye.
    /// </summary>
    private static bool IsAboutTheMailbox(SmtpException failure) =>
        (int)failure.StatusCode is 450 or 452 || (failure is SmtpFailedRecipientException && (int)failure.StatusCode is >= 400 and < 500 and not 421);

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
