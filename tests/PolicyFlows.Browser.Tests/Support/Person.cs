using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>Somebody with a browser, who sees words and presses what is there. Each page that loads is looked at; what is wrong is collected.</summary>
public sealed class Person : IAsyncDisposable
{
    private const float Deadline = 30_000;

    private readonly IBrowserContext context;
    private readonly Conditions conditions;

    private readonly Twin? twin;

    private Person(IBrowserContext context, IPage page, Twin? twin, string address, Conditions conditions)
    {
        this.context = context;
        this.conditions = conditions;
        this.twin = twin;
        Page = page;
        Problems = new Problems(context, page, address);
    }

    /// <summary>The page in front.</summary>
    public IPage Page { get; }

    /// <summary>What was wrong so far.</summary>
    public Problems Problems { get; }

    /// <summary>The page's h1.</summary>
    public Task<string> HeadingAsync() => Page.Locator("h1").InnerTextAsync();

    /// <summary>Path and query of the page in front.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    internal static async Task<Person> BeginAsync(IBrowserContext context, Twin? twin, string address, Conditions conditions)
    {
        context.SetDefaultTimeout(Deadline);
        context.SetDefaultNavigationTimeout(Deadline);
        return new Person(context, await context.NewPageAsync(), twin, address, conditions);
    }

    /// <summary>Goes to an address.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await LookAsync();
    }

    /// <summary>Presses a button, or a link that looks like one, and waits for the page that follows.</summary>
    public Task PressAsync(string name) => LeaveByAsync(Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }));

    /// <summary>Follows a link and waits for the page.</summary>
    public Task FollowAsync(string name) => LeaveByAsync(Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First);

    /// <summary>Clicks something that leads to another page, and waits for that.</summary>
    public async Task LeaveByAsync(ILocator what)
    {
        await WithNextPageAsync(() => what.ClickAsync());
        await LookAsync();
    }

    /// <summary>Does something that leads to another page, and waits until that has loaded.</summary>
    public async Task WithNextPageAsync(Func<Task> act)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += OnLoad;
        try
        {
            await act();
            await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(Deadline));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"No page followed in time. In front is {Path}: {await Page.Locator("main").InnerTextAsync()}", late);
        }
        finally
        {
            Page.Load -= OnLoad;
        }
    }

    /// <summary>Types into a field.</summary>
    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    /// <summary>Chooses an answer of a question.</summary>
    public Task ChooseAsync(string question, string answer) => Page.GetByRole(AriaRole.Group, new() { Name = question }).GetByLabel(answer, new() { Exact = true }).CheckAsync();

    /// <summary>Chooses from a list.</summary>
    public Task SelectAsync(string label, string choice) => Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = choice });

    /// <summary>Demands a heading.</summary>
    public async Task ExpectAsync(string heading)
    {
        var actual = await HeadingAsync();
        if (actual != heading) Assert.Fail($"'{heading}' was expected at {Path}, but it says '{actual}': {await Page.Locator("main").InnerTextAsync()}");
    }

    /// <summary>Demands words in the main part of the page.</summary>
    public async Task SeesAsync(string words) => Assert.Contains(words, await Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

    /// <summary>Loads the page again until it shows something, for what happens without anybody's act.</summary>
    public async Task ReloadUntilAsync(Func<Task<bool>> shown, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Deadline));
        while (!await shown())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"{what} did not come in time. In front is {Path}: {await Page.Locator("main").InnerTextAsync()}");
            await Page.ReloadAsync();
        }
    }

    /// <summary>Presses a step of the demonstration's clock.</summary>
    public Task MoveClockAsync(string step) => LeaveByAsync(Page.Locator($".pf-demo button[value='{step}']"));

    /// <summary>Signs in with a button of the demonstration.</summary>
    public async Task SignInAsAsync(string name)
    {
        await OpenAsync("/demo/sign-in-as");
        await LeaveByAsync(Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }));
        await ExpectAsync(name);
    }

    /// <summary>Looks at the page in front as the tests look at every page.</summary>
    public async Task LookAsync()
    {
        if (!conditions.Checked) return;
        await PageChecks.RunAsync(Page, twin is null ? Page : await twin.ShowAsync(Page), conditions, Problems);
    }

    public async ValueTask DisposeAsync()
    {
        if (twin is not null) await twin.DisposeAsync();
        await context.DisposeAsync();
    }
}
