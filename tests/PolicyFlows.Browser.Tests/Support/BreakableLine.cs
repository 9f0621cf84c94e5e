using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>A way to the server that passes bytes on, until it breaks in the middle of an upload as a weak mobile connection does.</summary>
public sealed class BreakableLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentBag<Task> open = [];
    private readonly Uri server;
    private readonly Task accepting;
    private int breaks;

    /// <summary>A line to the server at an address.</summary>
    public BreakableLine(string server)
    {
        this.server = new Uri(server);
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        accepting = AcceptAsync();
    }

    /// <summary>Front part of the addresses by which the server is reached.</summary>
    public string Address { get; }

    /// <summary>A connection breaks when the browser has sent more than so many bytes on it; null for never.</summary>
    public long? BreaksAfter { get; set; }

    /// <summary>Connections that broke.</summary>
    public int Breaks => breaks;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(open);
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) open.Add(CarryAsync(await listener.AcceptSocketAsync(over.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket browser)
    {
        using var program = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (browser)
        {
            try
            {
                await program.ConnectAsync(server.Host, server.Port, over.Token);
                // Whichever side ends or breaks ends both.
                await await Task.WhenAny(PassAsync(browser, program, outward: true), PassAsync(program, browser, outward: false));
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A connection that ends is what a line is for; the browser and the server say what they make of it.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool outward)
    {
        var buffer = new byte[64 * 1024];
        long sent = 0;
        while (await from.ReceiveAsync(buffer, over.Token) is > 0 and var count)
        {
            await to.SendAsync(buffer.AsMemory(0, count), over.Token);
            sent += count;
            if (!outward || !(sent > BreaksAfter)) continue;
            Interlocked.Increment(ref breaks);
            // Reset, not closed: what the other side had sent is lost.
            from.LingerState = to.LingerState = new LingerOption(enable: true, seconds: 0);
            return;
        }
    }
}
