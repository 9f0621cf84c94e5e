using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using PolicyFlows.Core.Mail;
using PolicyFlows.Mail.SendGrid;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

public sealed class SendGridTransportTests
{
    private const string Secret = "SG.canary-key";

    private static readonly MailMessageText Message = new(
        "task-1.round-2@trust.example", "zoe@school.example", "Zoë Smith", "Decide by 9:30 – Elm Primary", "Dear Zoë,\n\n.dot\n\nhttps://x.example/t?a=1&b=2\n", MailLane.Safeguarding, DateTimeOffset.UnixEpoch)
    {
        CaseId = "INC-7K3M9Q22", Key = "ask.decide-1.p7.1",
    };

    private readonly LogLines<SendGridTransport> log = new();

    private SendGridTransport To(string host, bool sandbox = false, TimeSpan? timeout = null) => new(Settings(host) with { Sandbox = sandbox, Timeout = timeout }, TimeProvider.System, log);

    private static SendGridSettings Settings(string host) => new(Secret, "policy@trust.example", "Elm Trust", host);

    private async Task<Exception?> FailureWithAsync(int status, string body = "", bool sandbox = false)
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Answer = _ => (status, body);
        var failure = await Record.ExceptionAsync(() => To(stub.Host, sandbox).SendAsync(Message));
        Assert.Single(stub.Requests);
        return failure;
    }

    private static string Errors(string? field, string message = "canary-content") =>
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["field"] = field, ["help"] = null }) }.ToJsonString();

    [Fact]
    public async Task A_message_arrives_as_plain_text_with_its_sender_id_and_outbox_row()
    {
        await using var stub = await SendGridStub.StartAsync();
        await To(stub.Host).SendAsync(Message);
        var request = Assert.Single(stub.Requests);
        Assert.Equal(("POST", "/v3/mail/send", "Bearer " + Secret, "application/json"), (request.Method, request.Path, request.Authorization, request.ContentType));
        var json = request.Json;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"email":"policy@trust.example","name":"Elm Trust"}"""), json["from"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"email":"zoe@school.example","name":"Zoë Smith"}]"""), Assert.Single(json["personalizations"]!.AsArray())!["to"]));
        Assert.Equal(Message.Subject, (string?)json["subject"] ?? (string?)json["personalizations"]![0]!["subject"]);
        var content = Assert.Single(json["content"]!.AsArray())!;
        Assert.Equal(("text/plain", Message.Body), ((string?)content["type"], (string?)content["value"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"Message-ID":"<task-1.round-2@trust.example>","Auto-Submitted":"auto-generated"}"""), json["headers"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"policyflows_case":"INC-7K3M9Q22","policyflows_key":"ask.decide-1.p7.1"}"""), json["custom_args"]));
        Assert.Null(json["attachments"]);
        Assert.Null(json["template_id"]);
    }

    [Fact]
    public async Task Nothing_in_a_message_is_tracked_or_rewritten()
    {
        await using var stub = await SendGridStub.StartAsync();
        await To(stub.Host).SendAsync(Message);
        var tracking = Assert.Single(stub.Requests).Json["tracking_settings"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"enable":false,"enable_text":false}"""), tracking["click_tracking"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"enable":false}"""), tracking["open_tracking"]));
        Assert.False((bool)tracking["subscription_tracking"]!["enable"]!);
        Assert.False((bool)tracking["ganalytics"]!["enable"]!);
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(true, 202)]
    [InlineData(false, 202)]
    public async Task The_sandbox_switch_stands_in_every_message(bool sandbox, int status)
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Answer = _ => (status, "");
        await To(stub.Host, sandbox).SendAsync(Message);
        Assert.Equal(sandbox, (bool)Assert.Single(stub.Requests).Json["mail_settings"]!["sandbox_mode"]!["enable"]!);
    }

    [Fact]
    public async Task Every_try_carries_the_same_id()
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Answer = _ => (503, "");
        var transport = To(stub.Host);
        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Message));
        stub.Answer = _ => (202, "");
        await transport.SendAsync(Message);
        Assert.Equal(stub.Requests[0].Body, stub.Requests[1].Body);
    }

    [Theory]
    [InlineData("Smith, Zoë; née Jones", "Smith Zoë née Jones")]
    [InlineData(" ,; ", null)]
    [InlineData("", null)]
    public async Task A_name_with_signs_that_the_service_refuses_is_sent_without_them(string name, string? sent)
    {
        await using var stub = await SendGridStub.StartAsync();
        await To(stub.Host).SendAsync(Message with { ToName = name });
        Assert.Equal(sent, (string?)Assert.Single(stub.Requests).Json["personalizations"]![0]!["to"]![0]!["name"]);
    }

    [Fact]
    public async Task A_message_without_an_outbox_row_carries_none()
    {
        await using var stub = await SendGridStub.StartAsync();
        await To(stub.Host).SendAsync(Message with { CaseId = null, Key = null });
        Assert.Equal(0, Assert.Single(stub.Requests).Json["custom_args"]?.AsObject().Count ?? 0);
    }

    [Theory]
    [InlineData(400, "personalizations.0.to.0.email")]
    [InlineData(400, null)]
    [InlineData(413, null)]
    public async Task A_permanent_refusal_is_one_and_tells_no_content(int status, string? field)
    {
        var failure = Assert.IsType<MailRefusedException>(await FailureWithAsync(status, Errors(field)));
        Assert.Equal($"The mail service refused the message ({status}{(field is null ? "" : " " + field)}).", failure.Message);
        Assert.DoesNotContain("canary", failure.ToString() + string.Join('\n', log.All), StringComparison.Ordinal);
        Assert.Single(log.All);
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("[]")]
    [InlineData("""{"errors":7}""")]
    [InlineData("""{"errors":[7,{"field":7},{"field":"zoe@school.example"},{"field":"a b"}]}""")]
    public async Task A_refusal_in_any_form_is_one(string body)
    {
        var failure = Assert.IsType<MailRefusedException>(await FailureWithAsync(400, body));
        Assert.Equal("The mail service refused the message (400).", failure.Message);
    }

    [Theory]
    [InlineData("from")]
    [InlineData("from.email")]
    public async Task A_refused_sender_is_the_settings_fault_and_refuses_no_mail_for_good(string field) =>
        Assert.IsType<MailUnavailableException>(await FailureWithAsync(400, Errors(field)));

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task A_service_that_puts_off_or_a_key_that_it_does_not_take_asks_for_another_try(int status)
    {
        var failure = Assert.IsType<MailUnavailableException>(await FailureWithAsync(status, Errors("x")));
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed() =>
        Assert.IsType<MailUnavailableException>(await FailureWithAsync(307, "http://127.0.0.1:1/elsewhere"));

    [Fact]
    public async Task No_connection_asks_for_another_try()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var transport = To($"http://127.0.0.1:{port}");
        var failure = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Message));
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("cannot be reached", await transport.ProbeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_asks_for_another_try()
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Before = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<MailUnavailableException>(() => To(stub.Host).SendAsync(Message));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up()
    {
        await using var stub = await SendGridStub.StartAsync();
        var never = new TaskCompletionSource();
        stub.Before = _ => never.Task;
        var failure = await Assert.ThrowsAsync<MailUnavailableException>(() => To(stub.Host, timeout: TimeSpan.FromMilliseconds(50)).SendAsync(Message));
        Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task Who_stops_the_program_is_not_told_of_an_outage()
    {
        await using var stub = await SendGridStub.StartAsync();
        using var stop = new CancellationTokenSource();
        stub.Before = context =>
        {
            stop.Cancel();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => To(stub.Host).SendAsync(Message, stop.Token));
    }

    [Theory]
    [InlineData(200, """{"scopes":["alerts.read","mail.send"]}""", null)]
    [InlineData(200, """{"scopes":["alerts.read"]}""", "may not send")]
    [InlineData(200, "<html>", "may not send")]
    [InlineData(401, "", "does not take the key (401)")]
    [InlineData(403, "", "does not take the key (403)")]
    [InlineData(500, "", "answered 500")]
    public async Task The_probe_asks_for_the_scopes_of_the_key_and_sends_nothing(int status, string body, string? trouble)
    {
        await using var stub = await SendGridStub.StartAsync();
        stub.Answer = _ => (status, body);
        var said = await To(stub.Host).ProbeAsync();
        var request = Assert.Single(stub.Requests);
        Assert.Equal(("GET", "/v3/scopes", "Bearer " + Secret), (request.Method, request.Path, request.Authorization));
        if (trouble is null) Assert.Null(said);
        else Assert.Contains(trouble, said, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_injection_is_refused_before_anything_is_sent()
    {
        await using var stub = await SendGridStub.StartAsync();
        var transport = To(stub.Host);
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { Subject = "a\r\nBcc: b@example.com" }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { ToName = "a\nb" }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { MessageId = "a>@b" }));
        await Assert.ThrowsAsync<MailRefusedException>(() => transport.SendAsync(Message with { ToAddress = "a@b.example, c@d.example" }));
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_at_once_without_telling_the_key()
    {
        var good = Settings(SendGridSettings.DefaultHost);
        foreach (var bad in new[]
        {
            good with { ApiKey = "" }, good with { ApiKey = "canary key" }, good with { FromAddress = "nobody" }, good with { FromName = "a\r\nb" },
            good with { FromName = "Ysgol Tŷ Ffynnon" }, good with { Host = "http://api.sendgrid.com" }, good with { Host = "api.sendgrid.com" },
        })
        {
            var refused = Assert.Throws<ArgumentException>(() => new SendGridTransport(bad, TimeProvider.System, log));
            Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("canary", $"{good} {good with { Sandbox = true }}", StringComparison.Ordinal);
    }
}
