using System.Net;
using System.Net.Sockets;
using PolicyFlows.Core.Mail;

namespace PolicyFlows.Core.Tests.Mail.Transports;

public sealed class SmtpTransportTests
{
    private static readonly MailMessageText Message = new(
        "task-1.round-2@trust.example", "zoe@school.example", "Zoë Smith", "Decide by 9:30 – Elm Primary", "Dear Zoë,\n\n.starts with a dot\n\nhttps://x.example/t?a=1&b=2\n", MailLane.Safeguarding, DateTimeOffset.UnixEpoch);

    private static SmtpTransport To(int port, TimeProvider? time = null, bool useTls = false, string? user = null) =>
        new(new SmtpSettings("127.0.0.1", port, useTls, user, user is null ? null : "canary-password", "policy@trust.example", "Elm Trust"), time ?? TimeProvider.System);

    private static async Task<Exception?> FailureWith(string verb, string reply)
    {
        await using var sink = new SmtpSink(asked => asked == verb ? reply : null);
        var failure = await Record.ExceptionAsync(() => To(sink.Port).SendAsync(Message));
        Assert.Empty(sink.Messages);
        return failure;
    }

    [Fact]
    public async Task A_message_arrives_with_its_id_sender_and_text()
    {
        await using var sink = new SmtpSink();
        await To(sink.Port).SendAsync(Message);
        var text = Assert.Single(sink.Messages);
        Assert.Contains("Message-ID: <task-1.round-2@trust.example>\r\n", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated\r\n", text, StringComparison.Ordinal);
        Assert.Contains("<policy@trust.example>", text, StringComparison.Ordinal);
        Assert.Contains("charset=utf-8", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("=?utf-8?", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Transfer-Encoding: base64\r\n", text, StringComparison.OrdinalIgnoreCase);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(Message.Body.ReplaceLineEndings("\r\n"), System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body)));
        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= 100, line));
        Assert.Contains("RCPT TO:<zoe@school.example>", sink.Commands);
    }

    [Fact]
    public async Task Every_try_carries_the_same_id()
    {
        var refuse = true;
        await using var sink = new SmtpSink(verb => verb == "MESSAGE" && refuse ? "451 later" : null);
        await Assert.ThrowsAsync<MailUnavailableException>(() => To(sink.Port).SendAsync(Message));
        refuse = false;
        await To(sink.Port).SendAsync(Message);
        Assert.Contains("<task-1.round-2@trust.example>", Assert.Single(sink.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "550 no")]
    [InlineData("RCPT", "550 no such person")]
    [InlineData("RCPT", "553 no such name")]
    [InlineData("DATA", "554 no")]
    [InlineData("MESSAGE", "554 looks like spam")]
    [InlineData("MESSAGE", "552 too big")]
    public async Task A_permanent_refusal_is_one(string verb, string reply) => Assert.IsType<MailRefusedException>(await FailureWith(verb, reply));

    [Theory]
    [InlineData("CONNECT", "421 busy")]
    [InlineData("EHLO", "421 busy")]
    [InlineData("MAIL", "451 later")]
    [InlineData("RCPT", "421 good-bye")]
    [InlineData("MESSAGE", "451 later")]
    [InlineData("CONNECT", SmtpSink.HangUp)]
    [InlineData("EHLO", SmtpSink.HangUp)]
    [InlineData("MAIL", SmtpSink.HangUp)]
    [InlineData("RCPT", SmtpSink.HangUp)]
    [InlineData("DATA", SmtpSink.HangUp)]
    [InlineData("MESSAGE", SmtpSink.HangUp)]
    [InlineData("MAIL", "530 sign in first")]
    [InlineData("CONNECT", "what do you want")]
    public async Task A_server_that_puts_off_or_is_lost_asks_for_another_try(string verb, string reply) =>
        Assert.IsType<MailUnavailableException>(await FailureWith(verb, reply));

    [Theory]
    [InlineData("RCPT", "450 mailbox busy")]
    [InlineData("RCPT", "452 mailbox full")]
    [InlineData("MESSAGE", "452 mailbox full")]
    public async Task A_mailbox_that_is_busy_or_full_is_no_fault_of_the_server(string verb, string reply) =>
        Assert.IsType<MailDeferredException>(await FailureWith(verb, reply));

    [Fact]
    public async Task A_wrong_password_is_the_settings_fault_and_not_the_messages()
    {
        await using var sink = new SmtpSink(verb => verb switch { "EHLO" => "250-sink\r\n250 AUTH LOGIN", "AUTH" => "535 wrong password", "MAIL" => "530 sign in first", _ => null });
        var failure = await Assert.ThrowsAsync<MailUnavailableException>(() => To(sink.Port, user: "policy").SendAsync(Message));
        Assert.DoesNotContain("canary-password", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_when_tls_is_asked_for_and_not_offered()
    {
        await using var sink = new SmtpSink();
        await Assert.ThrowsAsync<MailUnavailableException>(() => To(sink.Port, useTls: true).SendAsync(Message));
        Assert.DoesNotContain(sink.Commands, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_server_at_all_asks_for_another_try_and_the_probe_says_so()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await Assert.ThrowsAsync<MailUnavailableException>(() => To(port).SendAsync(Message));
        Assert.Contains("cannot be reached", await To(port).ProbeAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("MAIL")]
    [InlineData("MESSAGE")]
    public async Task A_server_that_falls_silent_is_given_up_after_the_time_limit(string verb)
    {
        await using var sink = new SmtpSink(asked => asked == verb ? SmtpSink.Silence : null);
        var time = new FiringTime();
        var sending = To(sink.Port, time).SendAsync(Message);
        await sink.Silent.Task;
        Assert.False(sending.IsCompleted);
        time.Fire();
        var failure = await Assert.ThrowsAsync<MailUnavailableException>(() => sending);
        Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(20), time.Due);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_that_mail_is_down()
    {
        await using var sink = new SmtpSink(verb => verb == "MAIL" ? SmtpSink.Silence : null);
        using var cancel = new CancellationTokenSource();
        var sending = To(sink.Port).SendAsync(Message, cancel.Token);
        await sink.Silent.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task The_probe_is_content_with_a_greeting_and_with_nothing_else()
    {
        await using var good = new SmtpSink();
        Assert.Null(await To(good.Port).ProbeAsync());
        await using var bad = new SmtpSink(verb => verb == "CONNECT" ? "421 busy" : null);
        Assert.NotNull(await To(bad.Port).ProbeAsync());
    }

    [Theory]
    [InlineData("\r\nBcc: x@y.example")]
    [InlineData("\n.")]
    [InlineData("\r")]
    [InlineData("\0")]
    public async Task A_line_break_in_any_header_value_is_refused_before_connecting(string bad)
    {
        var transport = To(1);
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { Subject = "a" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { ToName = "a" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { ToAddress = "a@b.example" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Message with { MessageId = "a@b" + bad }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Zoe <a@b.example>")]
    [InlineData("zoë@b.example")]
    public async Task An_address_that_is_none_is_refused_for_good(string address) =>
        await Assert.ThrowsAsync<MailRefusedException>(() => To(1).SendAsync(Message with { ToAddress = address }));

    [Fact]
    public void A_password_never_travels_in_the_clear_and_never_shows_in_a_log()
    {
        var settings = new SmtpSettings("mail.trust.example", 25, UseTls: false, "policy", "canary-password", "policy@trust.example", "");
        Assert.Throws<ArgumentException>(() => new SmtpTransport(settings, TimeProvider.System));
        _ = new SmtpTransport(settings with { UseTls = true }, TimeProvider.System);
        Assert.DoesNotContain("canary", $"{settings}", StringComparison.Ordinal);
    }

    /// <summary>One timer, fired by the test.</summary>
    private sealed class FiringTime : TimeProvider
    {
        private Action? fire;

        public TimeSpan Due { get; private set; }

        public void Fire() => fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            fire = () => callback(state);
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
