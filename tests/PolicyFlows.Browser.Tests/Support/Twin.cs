using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>
/// Shows what a browser without scripts shows, in one that can run axe: the same HTML at the same address, none of the page's own scripts.
/// </summary>
internal sealed class Twin : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly IPage page;
    private string html = "";

    private Twin(IBrowserContext context, IPage page)
    {
        this.context = context;
        this.page = page;
    }

    public static async Task<Twin> BeginAsync(IBrowserContext context)
    {
        var twin = new Twin(context, await context.NewPageAsync());
        await twin.page.RouteAsync("**/*", route => route.Request.ResourceType switch
        {
            "document" => route.FulfillAsync(new() { Status = 200, ContentType = "text/html; charset=utf-8", Body = twin.html }),
            "script" => route.AbortAsync(),
            _ => route.ContinueAsync(),
        });
        return twin;
    }

    /// <summary>The other's page as it stands.</summary>
    public async Task<IPage> ShowAsync(IPage other)
    {
        html = await other.ContentAsync();
        await page.GotoAsync(other.Url.Split('#')[0]);
        return page;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
