using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PolicyFlows.Core.Tests.Mail.Transports;

/// <summary>
/// A mail server on this machine that keeps what it gets. The answer function sees each verb (CONNECT, EHLO, AUTH, MAIL,
/// RCPT, DATA, MESSAGE) and gives the reply, null for the usual one, or <see cref="HangUp"/> or <see cref="Silence"/>.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    public const string HangUp = "hang up";
    public const string Silence = "silence";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, string?> answer;
    private readonly Task serving;

    public SmtpSink(Func<string, string?>? answer = null)
    {
        this.answer = answer ?? (_ => null);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Messages accepted, as they came, dots unstuffed.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Every line a client sent outside of messages.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Completes when a client waits for an answer that will not come.</summary>
    public TaskCompletionSource Silent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            using var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(connection.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            if (!await ReplyAsync(writer, "CONNECT", "220 sink ESMTP"))
            {
                return;
            }

            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                Commands.Enqueue(line);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (!await ReplyAsync(writer, verb, verb switch { "EHLO" => "250 sink", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" })
                    || verb == "QUIT"
                    || (verb == "DATA" && answer("DATA") is null && !await TakeMessageAsync(reader, writer)))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return; // the client went away, or the test is over
        }
    }

    private async Task<bool> TakeMessageAsync(StreamReader reader, StreamWriter writer)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is var line && line != ".")
        {
            if (line is null)
            {
                return false; // the client gave up in the middle
            }

            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        if (answer("MESSAGE") is null)
        {
            Messages.Enqueue(text.ToString());
        }

        return await ReplyAsync(writer, "MESSAGE", "250 taken");
    }

    private async Task<bool> ReplyAsync(StreamWriter writer, string verb, string usual)
    {
        var reply = answer(verb) ?? usual;
        if (reply == Silence)
        {
            Silent.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop.Token);
        }

        if (reply == HangUp)
        {
            return false;
        }

        await writer.WriteLineAsync(reply);
        return true;
    }
}
