using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>People with their devices, who know only what was mailed to them.</summary>
public sealed class MailedLinks(TestProgram program)
{
    private readonly Dictionary<string, WebBrowser> devices = new(StringComparer.Ordinal);

    /// <summary>The device of a person; the same one every time.</summary>
    public WebBrowser DeviceOf(string person) => devices.TryGetValue(person, out var device) ? device : devices[person] = program.Browser();

    /// <summary>Opens the newest mailed link of a person to a task, enters the code that is mailed if one is asked for, and shows the task's page.</summary>
    public async Task<WebPage> OpenAsync(string person, string reference, string taskId)
    {
        var device = DeviceOf(person);
        var page = await device.OpenAsync(await LinkAsync(person, reference, taskId));
        if (Button(page, "Email me a code"))
        {
            page = await page.Form("Email me a code").SubmitAsync();
            await program.RunAsync();
            var open = Button(page, "Open the task") ? "Open the task" : "See what was decided";
            page = await page.Form(open).Set("code", await CodeAsync(person, reference)).SubmitAsync(open);
        }
        else if (page.Document.QuerySelectorAll("main a").FirstOrDefault(a => WebPage.Words(a) is "Open the task" or "See what was decided") is { } open)
        {
            page = await device.OpenAsync(open.GetAttribute("href")!);
        }

        return page;
    }

    /// <summary>The newest mailed link.</summary>
    public async Task<string> LinkAsync(string person, string reference, string taskId) =>
        program.Mail.LinkTo(await AddressAsync(person, reference), taskId, reference);

    /// <summary>The newest mailed code.</summary>
    public async Task<string> CodeAsync(string person, string reference) => program.Mail.CodeTo(await AddressAsync(person, reference));

    private async Task<string> AddressAsync(string person, string reference)
    {
        var roster = await program.Get<CaseRosters>().OfAsync(program.Get<CaseStore>(), reference, program.Time.Now);
        return roster.Find(person)!.Email!;
    }

    private static bool Button(WebPage page, string text) => page.Document.QuerySelectorAll("main button").Any(b => WebPage.Words(b) == text);
}
