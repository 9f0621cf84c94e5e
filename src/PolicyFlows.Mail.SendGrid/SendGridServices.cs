using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>Registration by settings, for a host that sends through SendGrid.</summary>
public static class SendGridServices
{
    /// <summary>Section of the settings (environment: <c>PolicyFlows__Mail__ApiKey</c> and so on).</summary>
    public const string Section = "PolicyFlows:Mail";

    /// <summary>
    /// Registers the mail transport from <c>PolicyFlows:Mail:ApiKey</c>, <c>From</c>, <c>FromName</c>, and where they are set <c>Host</c> and <c>Sandbox</c>. With <c>PolicyFlows:Mail:WebhookKey</c>,
    /// the public key of the signed event webhook, delivery reports are taken; without it their address does not exist. Needs the system's <see cref="TimeProvider"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A setting is missing or cannot work; it is named, its value is not told.</exception>
    public static IServiceCollection AddSendGrid(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var settings = new SendGridSettings(
            section["ApiKey"] ?? "", section["From"] ?? "", section["FromName"] ?? "",
            section["Host"] is { Length: > 0 } host ? host : SendGridSettings.DefaultHost, Sandbox(section["Sandbox"]));
        settings.Check(nameof(configuration));
        services.AddSingleton<IMailTransport>(s => new SendGridTransport(settings, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SendGridTransport>>()));
        if (section["WebhookKey"] is { Length: > 0 } key)
        {
            // At once, so that a wrong key stops the start and not the first report.
            _ = new EventSignature(key, TimeProvider.System);
            services.AddSingleton<IDeliveryEvents>(s => new SendGridEvents(new EventSignature(key, s.GetRequiredService<TimeProvider>())));
        }

        return services;
    }

    private static bool Sandbox(string? setting) => setting switch
    {
        null or "" => false,
        _ when bool.TryParse(setting, out var on) => on,
        // A slip of the pen must not send real mail.
        _ => throw new ArgumentException("PolicyFlows:Mail:Sandbox is true or false.", nameof(setting)),
    };
}
