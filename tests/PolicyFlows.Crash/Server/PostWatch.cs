namespace PolicyFlows.Crash.Server;

/// <summary>The wire between the people and the server: knows which POSTs are under way, so that a kill can be timed by them.</summary>
internal sealed class PostWatch : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private readonly Dictionary<long, string> under = [];
    private HttpMessageInvoker wire = NewWire();
    private TaskCompletionSource<long> next = NewSignal();
    private long begun;

    /// <summary>Number of POSTs that were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Paths of POSTs that are under way now.</summary>
    public IReadOnlyList<string> UnderWay
    {
        get
        {
            lock (gate) return [.. under.Values];
        }
    }

    /// <summary>Completes when the next POST is begun.</summary>
    public Task NextPost
    {
        get
        {
            lock (gate) return next.Task;
        }
    }

    /// <summary>After a restart nothing of the old connections is used again.</summary>
    public void Renew()
    {
        lock (gate)
        {
            wire.Dispose();
            wire = NewWire();
            under.Clear();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpMessageInvoker through;
        lock (gate) through = wire;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        if (request.Method != HttpMethod.Post) return await through.SendAsync(request, patience.Token);
        var number = Begin(request.RequestUri!.AbsolutePath);
        try
        {
            var answer = await through.SendAsync(request, patience.Token);
            lock (gate) Answered++;
            return answer;
        }
        finally
        {
            lock (gate) under.Remove(number);
        }
    }

    protected override void Dispose(bool disposing)
    {
        // Every browser has this handler; it lives as long as the run.
    }

    private long Begin(string path)
    {
        TaskCompletionSource<long> waiting;
        long number;
        lock (gate)
        {
            number = ++begun;
            under[number] = path;
            (waiting, next) = (next, NewSignal());
        }

        waiting.TrySetResult(number);
        return number;
    }

    private static HttpMessageInvoker NewWire() => new(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    private static TaskCompletionSource<long> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
