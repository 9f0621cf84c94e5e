using System.Text.RegularExpressions;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>Acts through pages: forms as a browser without script sends them, links and codes read from mails.</summary>
public sealed partial class PageActs(TestProgram program) : IActs
{
    private readonly MailedLinks mails = new(program);
    private readonly Dictionary<string, (WebBrowser Device, string Code)> receipts = new(StringComparer.Ordinal);

    public async Task<string> ReportAsync(ReportForm form)
    {
        var device = program.Browser();
        var page = await ToFilesAsync(device, form);
        if (form.Screenshot)
        {
            page = await page.Form("Answer and choose a file").Set("images", "no").SubmitAsync("Answer and choose a file");
            page = await page.Form("Upload").Attach("Choose a file", "screen.png", SampleFiles.Png, "image/png").SubmitAsync("Upload");
        }

        return await SendAsync(device, page, form);
    }

    private static async Task<WebPage> ToFilesAsync(WebBrowser device, ReportForm form)
    {
        var page = await device.OpenAsync(Links.Report.Start());
        page = await page.Form("Continue").Set("child", "no").SubmitAsync();
        var school = page.Form("Continue").Set("school", DemonstrationSeed.FirstSchool).Set("for", form.ColleagueEmail is null ? "self" : "colleague");
        if (form.ColleagueEmail is not null) school = school.Set("colleague-email", form.ColleagueEmail).Set("colleague-name", form.ColleagueName ?? "");
        page = await school.SubmitAsync("Continue");
        page = await page.Form("Continue").Set("what", "Somebody posted insults about me.").SubmitAsync("Continue");
        var where = page.Form("Continue").Set("kind", form.Kind).Set("link", form.Link ?? "").Set("handle", form.Handle ?? "");
        if (form.Link is null) where = where.Choose(form.Platform!, "Website or app (optional)");
        if (form.OwnAccount) where = where.Set("own", "yes");
        return await where.SubmitAsync("Continue");
    }

    private async Task<string> SendAsync(WebBrowser device, WebPage page, ReportForm form)
    {
        page = await page.Form(form.Screenshot ? "Continue" : "Continue without a file").SubmitAsync();
        page = await page.Form("Continue").Set("email", form.ReporterEmail ?? "").SubmitAsync("Continue");
        var people = page.Form("Continue");
        if (form.InvolvedPersonId is { } named) people = people.Set("named", named);
        page = await people.SubmitAsync("Continue");
        // Whoever is named is answered with the next in order, to be seen before going on.
        if (page.Path == Links.Report.People()) page = await page.Form("Continue").SubmitAsync("Continue");
        page = await page.Form("Send report").SubmitAsync("Send report");
        Assert.True(page.Path == Links.Report.Sent(), $"Not sent but shown {page.Path}: {string.Join("; ", page.Errors)}");
        var reference = Reference().Match(page.MainText).Value;
        receipts[reference] = (device, WebPage.Words(Assert.Single(page.Document.QuerySelectorAll(".pf-code"))));
        await program.RunAsync();
        return reference;
    }

    public async Task DecideAsync(string person, string reference, params IncidentRoute[] routes)
    {
        var task = (await program.TasksAsync(reference))
            .First(t => t.Kind is TaskKind.Decide or TaskKind.SecondLook && (t.IsOpen || t.Holders.Any(h => h.PersonKey == person)));
        var page = await mails.OpenAsync(person, reference, task.Id);
        if (!task.IsOpen) throw ShownAsOver(page, task);
        var form = page.Form("Confirm the decision").Set("reason", "It is insulting.");
        foreach (var route in routes) form = form.Choose(Web.Cases.RouteWords.Choice(route));
        if (routes.Contains(IncidentRoute.Takedown)) form = form.Set("ground", "Harassment");
        await DoneAsync(form);
    }

    public async Task AddRouteAsync(string person, string reference, IncidentRoute route)
    {
        var device = await SignedInAsync(person);
        var page = await device.OpenAsync(Links.Cases.AddRoute(reference));
        var form = page.Form("Add this route").Set("route", route.ToString()).Set("reason", "It became clear today.");
        await DoneAsync(route == IncidentRoute.Takedown ? form.Set("ground", "Harassment") : form);
    }

    public async Task FiledAsync(string person, string reference, string taskId)
    {
        var page = await mails.OpenAsync(person, reference, taskId);
        var form = page.Document.QuerySelectorAll("main button").Any(b => WebPage.Words(b) == "Record that it was sent")
            ? page.Form("Record that it was sent") : page.Form("Record that it was removed");
        form = form.Set("when", "now").Set("reference", "HOST-4711");
        if (taskId.StartsWith("provider-", StringComparison.Ordinal)) form = form.Set("to", "abuse@provider.example");
        await DoneAsync(form);
    }

    public async Task CheckedAsync(string person, string reference, string taskId, CheckOutcome outcome)
    {
        var page = await mails.OpenAsync(person, reference, taskId);
        await DoneAsync(page.Form("Record the check").Set("outcome", outcome.ToString()));
    }

    public async Task RepliedAsync(string person, string reference, int target, bool refused)
    {
        var device = await SignedInAsync(person);
        var page = await device.OpenAsync(Links.Cases.Reply(reference, target));
        await DoneAsync(page.Form("Note this reply").Set("reply", refused ? "refused" : "other").Set("text", "It does not break our rules."));
    }

    public async Task RecuseAsync(string person, string reference, string taskId)
    {
        await mails.OpenAsync(person, reference, taskId);
        var page = await mails.DeviceOf(person).OpenAsync(Links.Tasks.Concerns(reference, taskId));
        await DoneAsync(page.Form("Hand it to the next person").Set("sure", "yes"));
        page = await mails.DeviceOf(person).OpenAsync(await mails.LinkAsync(person, reference, taskId));
        Assert.DoesNotContain("code", page.MainText, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("no longer yours", page.MainText);
    }

    public async Task AgreeAsync(string person, string reference, bool agrees)
    {
        var page = await mails.OpenAsync(person, reference, "agreement-1");
        await DoneAsync(page.Form("Send my answer").Set("answer", agrees ? "yes" : "no"));
    }

    public async Task AddAsync(string reference, string text, string? link)
    {
        await ReceiptAsync(reference);
        var page = await receipts[reference].Device.OpenAsync(Links.Receipt.Add());
        // The question about images of children comes before the first file field, here too.
        if (page.Document.QuerySelector("input[name=images]") is not null) page = await page.Form("Continue").Set("images", "no").SubmitAsync("Continue");
        await DoneAsync(page.Form("Add to my report").Set("text", text).Set("link", link ?? ""));
    }

    public async Task<IReadOnlyList<string>> CloseAsync(string person, string reference)
    {
        var device = await SignedInAsync(person);
        var page = await device.OpenAsync(Links.Cases.Close(reference));
        if (page.Document.QuerySelectorAll("[data-open]") is { Length: > 0 } open) return [.. open.Select(o => o.GetAttribute("data-open")!)];
        await DoneAsync(page.Form($"Close {reference}").Set("summary", "Done."));
        return [];
    }

    public async Task<bool> AskSecondLookAsync(string reference)
    {
        var page = await ReceiptAsync(reference);
        if (!page.Document.QuerySelectorAll("main a").Any(a => WebPage.Words(a) == "Ask for a second look")) return false;
        page = await receipts[reference].Device.OpenAsync(Links.Receipt.SecondLook());
        await DoneAsync(page.Form("Ask for a second look").Set("why", "I disagree."));
        return true;
    }

    public async Task<string> AlertAsync() => await AlertAsync(await program.Browser().OpenAsync(Links.Safeguarding.Start()), "A stranger asks her to meet.");

    public async Task<string> DescribeImageAsync()
    {
        var device = program.Browser();
        var page = await ToFilesAsync(device, new());
        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));
        page = await page.Form("Answer and choose a file").Set("images", "yes").SubmitAsync("Answer and choose a file");
        Assert.Equal(Links.Safeguarding.Start(), page.Path);
        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));
        var reference = await AlertAsync(page, "A picture of her is sent round.");
        Assert.Empty((await device.OpenAsync(Links.Report.Files())).Document.QuerySelectorAll("input[type=file]"));
        return reference;
    }

    private async Task<string> AlertAsync(WebPage page, string what)
    {
        page = await page.Form("Send now").Set("school", DemonstrationSeed.FirstSchool).Set("who", "A pupil of year 9").Set("what", what)
            .Set("danger", "no").SubmitAsync("Send now");
        var reference = Reference().Match(page.MainText).Value;
        Assert.True(reference.Length > 0, $"No reference on {page.Path}: {string.Join("; ", page.Errors)}");
        await program.RunAsync();
        return reference;
    }

    public async Task AcknowledgeAsync(string person, string reference)
    {
        var page = await mails.OpenAsync(person, reference, AlertRecord.TaskId);
        await DoneAsync(page.Form("Confirm that I have it").Set("have", "yes"));
    }

    public async Task HandedOverAsync(string person, string reference, string taskId)
    {
        var page = await mails.OpenAsync(person, reference, taskId);
        var form = page.Form("Record it");
        await DoneAsync(form.Set("answer", page.Document.QuerySelector("main input[type=radio][name=answer]")!.GetAttribute("value")!));
    }

    public async Task<string> ReadWhatWasDecidedAsync(string person, string reference, string taskId)
    {
        var page = await mails.OpenAsync(person, reference, taskId);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        return page.MainText;
    }

    /// <summary>The receipt page, opened with reference and code.</summary>
    public async Task<WebPage> ReceiptAsync(string reference)
    {
        var (device, code) = receipts[reference];
        var page = await device.OpenAsync(Links.Receipt.Status());
        if (page.Path != Links.Receipt.Start()) return page;
        return await page.Form("Continue").Set("reference", reference).Set("code", code).SubmitAsync();
    }

    private async Task<WebBrowser> SignedInAsync(string person)
    {
        var device = mails.DeviceOf(person);
        var page = await device.OpenAsync(Links.SignIn.Start());
        if (page.Path != Links.SignIn.Start() || page.Document.QuerySelector("input[name=email]") is null) return device;
        var people = await program.Get<DirectoryStore>().RequireAsync();
        var address = people.Person(person)!.Email!;
        page = await page.Form().Set("email", address).SubmitAsync();
        await program.RunAsync();
        await page.Form("Sign in").Set("code", program.Mail.CodeTo(address)).SubmitAsync("Sign in");
        return device;
    }

    private async Task DoneAsync(WebForm form)
    {
        var page = await form.SubmitAsync();
        Assert.True(page.Errors.Count == 0, $"{page.Path}: {string.Join("; ", page.Errors)}");
        Assert.True((int)page.Status < 400, $"{page.Path} answered {page.Status}: {page.MainText}");
        await program.RunAsync();
    }

    private static TaskOverException ShownAsOver(WebPage page, TaskRecord task)
    {
        Assert.DoesNotContain(page.Document.QuerySelectorAll("main form button"), b => WebPage.Words(b) == "Confirm the decision");
        return new TaskOverException(task);
    }

    [GeneratedRegex(@"(INC|SG)-[2-9A-HJ-NP-Z]{8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
