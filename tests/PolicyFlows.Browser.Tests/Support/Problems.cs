using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>What is wrong with the pages of a journey: requests to others, errors in the console (the content-security-policy speaks there too), and what the checks find.</summary>
public sealed class Problems
{
    private readonly ConcurrentQueue<string> found = new();

    internal Problems(IBrowserContext context, IPage page, string address)
    {
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address + "/", StringComparison.Ordinal)) Add($"{page.Url}: asked another host: {request.Url}");
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 500) Add($"{response.Url}: answered {response.Status}");
        };
        context.Console += (_, message) =>
        {
            // A refused form is an error in the console of every site; the page says what is wrong.
            if (message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
                Add($"{page.Url}: console: {message.Text}");
        };
        page.PageError += (_, error) => Add($"{page.Url}: script failed: {error}");
    }

    /// <summary>How many pages were looked at.</summary>
    public int Looked { get; internal set; }

    internal void Add(string problem) => found.Enqueue(problem);

    /// <summary>Demands that nothing was wrong, on so many pages at least.</summary>
    public void AssertNone(int pages)
    {
        Assert.True(found.IsEmpty, string.Join(Environment.NewLine, found.Distinct(StringComparer.Ordinal)));
        Assert.True(Looked >= pages, $"Only {Looked} pages were looked at.");
    }
}
