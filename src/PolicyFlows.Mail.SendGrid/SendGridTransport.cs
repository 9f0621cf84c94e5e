using System.Net;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>
/// Mail through SendGrid's v3 API, one request a message, never repeated here: the pump does that. Nothing rewrites links or adds a picture, because
/// a link is a person's way into a task.
/// </summary>
public sealed class SendGridTransport : IMailTransport
{
    /// <summary>Names of what every message carries back to us: partition and key of its outbox row.</summary>
    public const string CaseArgument = "policyflows_case", KeyArgument = "policyflows_key";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(20);
    private readonly ISendGridClient client;
    private readonly SendGridSettings settings;
    private readonly TimeProvider systemTime;
    private readonly ILogger<SendGridTransport> logger;

    /// <summary>Checks the settings; does not connect.</summary>
    /// <param name="client">Null makes one from the settings. It must not throw on error answers, and not repeat requests.</param>
    /// <exception cref="ArgumentException">The settings cannot work.</exception>
    public SendGridTransport(SendGridSettings settings, TimeProvider systemTime, ILogger<SendGridTransport> logger, ISendGridClient? client = null)
    {
        settings.Check(nameof(settings));
        this.settings = settings;
        this.systemTime = systemTime;
        this.logger = logger;
        this.client = client ?? Connect(settings);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A header value holds a line break.</exception>
    public async Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        MailHeaderText.Check(message);
        var (status, fields) = await AskAsync(
            async stop =>
            {
                var answer = await client.SendEmailAsync(Compose(message), stop);
                return (answer.StatusCode, answer.StatusCode is HttpStatusCode.BadRequest ? Answers.Fields(await answer.Body.ReadAsStringAsync(stop)) : []);
            },
            cancellation);
        // The sandbox answers 200 to what it would have taken.
        if (status is HttpStatusCode.Accepted || (settings.Sandbox && status is HttpStatusCode.OK)) return;
        var said = $"{(int)status}{string.Concat(fields.Select(f => " " + f))}";
        if (IsAboutTheMessage(status, fields))
        {
            logger.LogWarning("SendGrid refused a mail ({Said}).", said);
            throw new MailRefusedException($"The mail service refused the message ({said}).");
        }

        throw new MailUnavailableException($"The mail service {settings} did not take the message ({said}).");
    }

    /// <summary>
    /// Asks for the scopes of the key: proves that the service answers and that the key is valid and may send. It does not prove that the sender is verified, that
    /// the account has mails left, or that a mail arrives.
    /// </summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellation = default)
    {
        try
        {
            var (status, maySend) = await AskAsync(
                async stop =>
                {
                    var answer = await client.RequestAsync(BaseClient.Method.GET, urlPath: "scopes", cancellationToken: stop);
                    return (answer.StatusCode, answer.StatusCode is HttpStatusCode.OK && Answers.MaySend(await answer.Body.ReadAsStringAsync(stop)));
                },
                cancellation);
            return status switch
            {
                HttpStatusCode.OK when maySend => null,
                HttpStatusCode.OK => $"The key for the mail service {settings} may not send mail.",
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"The mail service {settings} does not take the key ({(int)status}).",
                _ => $"The mail service {settings} answered {(int)status}.",
            };
        }
        catch (MailUnavailableException failure)
        {
            return failure.Message;
        }
    }

    private static SendGridClient Connect(SendGridSettings settings)
    {
        // No redirects: a key and a mail go to the named host or nowhere.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 256 * 1024 };
        return new SendGridClient(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host });
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(settings.Timeout ?? DefaultTimeout, systemTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await ask(stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MailUnavailableException($"The mail service {settings} did not answer in time.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new MailUnavailableException($"The mail service {settings} cannot be reached: {failure.Message}", failure);
        }
    }

    private SendGridMessage Compose(MailMessageText message)
    {
        var mail = new SendGridMessage
        {
            From = new EmailAddress(settings.FromAddress, settings.FromName.Length == 0 ? null : settings.FromName),
            Subject = message.Subject,
            PlainTextContent = message.Body,
            Headers = new() { ["Message-ID"] = $"<{message.MessageId}>", ["Auto-Submitted"] = "auto-generated" },
            TrackingSettings = new()
            {
                ClickTracking = new() { Enable = false, EnableText = false },
                OpenTracking = new() { Enable = false },
                // Would add a way to unsubscribe from alerts, and marks to every link.
                SubscriptionTracking = new() { Enable = false },
                Ganalytics = new() { Enable = false },
            },
            MailSettings = new() { SandboxMode = new() { Enable = settings.Sandbox } },
            CustomArgs = [],
        };
        mail.AddTo(new EmailAddress(message.ToAddress, Name(message.ToName)));
        if (message.CaseId is not null) mail.CustomArgs[CaseArgument] = message.CaseId;
        if (message.Key is not null) mail.CustomArgs[KeyArgument] = message.Key;
        return mail;
    }

    /// <summary>The service refuses a message whose recipient's name holds ; or , (its "Limitations" page).</summary>
    private static string? Name(string name)
    {
        var plain = string.Join(' ', name.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries));
        return plain.Length == 0 ? null : plain;
    }

    /// <summary>
    /// 400 and 413 name the message, unless the sender is at fault, as 401 and 403 are the key's: those concern the settings, and a later try may work.
    /// </summary>
    private static bool IsAboutTheMessage(HttpStatusCode status, IReadOnlyList<string> fields) =>
        status is HttpStatusCode.RequestEntityTooLarge || (status is HttpStatusCode.BadRequest && !fields.Any(f => f == "from" || f.StartsWith("from.", StringComparison.Ordinal)));
}
