using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Mail;
using PolicyFlows.Mail.SendGrid;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

public sealed class SendGridServicesTests
{
    private static readonly (string, string)[] Enough = [("ApiKey", "SG.canary"), ("From", "policy@trust.example"), ("FromName", "Elm Trust")];

    [Fact]
    public void Three_settings_are_enough_to_send_and_take_no_reports()
    {
        using var services = Compose(Enough);
        Assert.IsType<SendGridTransport>(services.GetRequiredService<IMailTransport>());
        Assert.Null(services.GetService<IDeliveryEvents>());
    }

    [Fact]
    public void With_the_webhooks_key_reports_are_taken()
    {
        using var service = new SignedEvents();
        using var services = Compose([.. Enough, ("WebhookKey", service.PublicKey)]);
        Assert.IsType<SendGridEvents>(services.GetRequiredService<IDeliveryEvents>());
    }

    [Fact]
    public async Task Host_and_sandbox_are_taken_from_the_settings()
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Answer = _ => (200, "");
        using var services = Compose([.. Enough, ("Host", stub.Host), ("Sandbox", "true")]);
        await services.GetRequiredService<IMailTransport>().SendAsync(new("a@b", "zoe@school.example", "", "s", "b", MailLane.Other, DateTimeOffset.UnixEpoch));
        Assert.True((bool)Assert.Single(stub.Requests).Json["mail_settings"]!["sandbox_mode"]!["enable"]!);
    }

    [Theory]
    [InlineData("ApiKey", "")]
    [InlineData("ApiKey", "@Microsoft.KeyVault(SecretUri=https://canary.example/secrets/key)")]
    [InlineData("From", "")]
    [InlineData("From", "canary")]
    [InlineData("Host", "http://canary.example")]
    [InlineData("Sandbox", "canary")]
    [InlineData("WebhookKey", "canary")]
    public void A_setting_that_cannot_work_stops_the_start_without_being_told(string name, string value)
    {
        var refused = Assert.Throws<ArgumentException>(() => Compose([.. Enough.Where(s => s.Item1 != name), (name, value)]));
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Compose(IEnumerable<(string Name, string Value)> settings) => new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
        .AddSendGrid(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"PolicyFlows:Mail:{s.Name}", s.Value))).Build())
        .BuildServiceProvider();
}
