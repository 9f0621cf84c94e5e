using System.Net;
using System.Security.Cryptography;
using PolicyFlows.Crash.People;
using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.Checks;

/// <summary>Compares the ledger with what the pages show to those who may see it.</summary>
internal sealed class PageAudit(Ledger ledger, Stage stage, PostWatch wire, Uri address, IReadOnlyDictionary<string, Desk> deskOfSchool)
{
    /// <summary>Receipt page, case page, decision, request and every file of a report.</summary>
    public async Task CheckAsync(SentReport report)
    {
        // The ledger first: what is confirmed while the pages are read need not stand on them.
        var decision = ledger.Decisions.GetValueOrDefault(report.Reference);
        var filing = ledger.Filings.GetValueOrDefault(report.Reference);
        using var device = new Device(stage, wire, address, looks: true);
        var status = await OpenReceiptAsync(device, report.Reference, report.Code);
        Hold(status.Path == "/receipt/status" && status.MainText.Contains(report.Reference, StringComparison.Ordinal), report.Reference, "its receipt page does not open");
        foreach (var file in report.Files) Hold(Count(status.MainText, file.Name) == 1, report.Reference, $"its receipt page shows {file.Name} {Count(status.MainText, file.Name)} times");

        var desk = deskOfSchool[report.School];
        var page = await desk.OpenAsync($"/cases/{report.Reference}");
        Hold(page.Status == HttpStatusCode.OK && Section(page, "report").Contains(report.Marker, StringComparison.Ordinal), report.Reference, "its case page does not show what was reported");
        if (decision is not null) CheckDecision(decision, page);
        if (filing is not null)
            Hold(Count(Section(page, "targets"), filing.Marker) == 1, report.Reference, $"its case page shows the request {Count(Section(page, "targets"), filing.Marker)} times");
        await CheckFilesAsync(report, desk, page);
    }

    /// <summary>The page of whoever sent the concern.</summary>
    public async Task CheckAsync(SentAlert alert)
    {
        var isConfirmed = ledger.Acknowledgements.ContainsKey(alert.Reference);
        using var device = new Device(stage, wire, address, looks: true);
        var page = await OpenReceiptAsync(device, alert.Reference, alert.Code);
        Hold(page.Path == "/safeguarding/sent" && page.MainText.Contains(alert.Reference, StringComparison.Ordinal), alert.Reference, "the page of whoever sent it does not open");
        if (isConfirmed)
            Hold(page.MainText.Contains("confirmed it on", StringComparison.Ordinal), alert.Reference, "it was confirmed, and its page says that nobody has");
    }

    private static void CheckDecision(MadeDecision decision, WebPage page)
    {
        var (all, confirmed) = (page.Document.QuerySelectorAll(".pf-decision").Length, Count(Section(page, "decision"), decision.Marker));
        Hold(all == 1 && confirmed == 1, decision.Reference, $"its case page shows {all} decisions, the confirmed one {confirmed} times");
    }

    private async Task CheckFilesAsync(SentReport report, Desk desk, WebPage page)
    {
        var items = page.Document.QuerySelectorAll(".pf-evidence__item").ToList();
        Hold(items.Count == report.Files.Count, report.Reference, $"its case page lists {items.Count} files, {report.Files.Count} were sent");
        foreach (var file in report.Files)
        {
            var item = items.Where(i => i.TextContent.Contains(file.Name, StringComparison.Ordinal)).ToList();
            Hold(item.Count == 1 && item[0].TextContent.Contains(file.Sha256, StringComparison.Ordinal), report.Reference, $"{file.Name} is listed {item.Count} times, or with another hash");
            var path = item[0].QuerySelector("a")!.GetAttribute("href")!;
            await desk.OpenAsync(path);
            var original = await desk.Device.SubmitAsync(desk.Device.Form(path));
            Hold(original.Status == HttpStatusCode.OK && Convert.ToHexStringLower(SHA256.HashData(original.Bytes)) == file.Sha256, report.Reference, $"{file.Name} downloads with another content");
        }
    }

    private static async Task<WebPage> OpenReceiptAsync(Device device, string reference, string code)
    {
        await device.OpenAsync("/receipt");
        return await device.SubmitAsync(device.Form("/receipt").Set("reference", reference).Set("code", code));
    }

    private static string Section(WebPage page, string id) => page.Document.GetElementById(id)?.Closest("section") is { } section ? WebPage.Words(section) : "";

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void Hold(bool holds, string reference, string what)
    {
        if (!holds) throw new BrokenPromiseException($"{reference}: {what}");
    }
}
