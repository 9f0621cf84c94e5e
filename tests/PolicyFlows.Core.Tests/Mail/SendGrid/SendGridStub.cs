using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

/// <summary>A request as it came over the wire.</summary>
internal sealed record StubRequest(string Method, string Path, string? Authorization, string? ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>Stands in for the service on a random local port: keeps what comes and answers what it is told to.</summary>
internal sealed class SendGridStub : IAsyncDisposable
{
    private readonly WebApplication app;

    private SendGridStub(WebApplication app) => this.app = app;

    public List<StubRequest> Requests { get; } = [];

    /// <summary>Status and body of every answer.</summary>
    public Func<StubRequest, (int Status, string Body)> Answer { get; set; } = _ => (202, "");

    /// <summary>Done before an answer.</summary>
    public Func<HttpContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    public string Host => app.Urls.Single();

    public static async Task<SendGridStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new SendGridStub(builder.Build());
        stub.app.Run(stub.ServeAsync);
        await stub.app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new StubRequest(context.Request.Method, context.Request.Path, context.Request.Headers.Authorization, context.Request.ContentType, await reader.ReadToEndAsync());
        lock (Requests) Requests.Add(request);
        await Before(context);
        var (status, body) = Answer(request);
        context.Response.StatusCode = status;
        if (status is 301 or 302 or 307 or 308) context.Response.Headers.Location = body;
        else await context.Response.WriteAsync(body);
    }
}

/// <summary>What was logged, as text.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    public List<string> All { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (All) All.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
