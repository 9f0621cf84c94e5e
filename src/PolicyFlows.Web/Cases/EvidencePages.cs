using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>One evidence item: facts, custody, and the original as an attachment behind a warning.</summary>
internal sealed class EvidencePages(CaseDoor door, CaseStore cases, CustodyDesk custody, ReadLog reads)
{
    public async Task<IResult> ShowAsync(string reference, int no, HttpContext context)
    {
        var (access, refusal) = await door.OpenForTaskAsync(context, reference, MayRead);
        if (access is null) return refusal!;
        if (no < 1 || await cases.GetAsync<EvidenceItem>(access.CaseId, Rows.Evidence(no), context.RequestAborted) is not { } item) return Page.Error(StatusCodes.Status404NotFound);
        await door.NoteReadAsync(access, $"evidence-{no}", context);
        return Page.Of<EvidencePage>(new { Reference = access.CaseId, Item = CaseReader.Line(item, access), Custody = await CustodyAsync(access, no, context.RequestAborted) });
    }

    public async Task<IResult> DownloadAsync(string reference, int no, HttpContext context)
    {
        var (access, refusal) = await door.OpenForTaskAsync(context, reference, MayRead);
        if (access is null) return refusal!;
        var taken = await custody.DownloadAsync(access.CaseId, no, access.Act("download evidence"), context.RequestAborted);
        if (taken is not var (item, content)) return Page.Error(StatusCodes.Status404NotFound);
        SecurityHeaders.MarkAsDownload(context);
        return new Attachment(item, content);
    }

    // A report's evidence; nothing else has any.
    private static bool MayRead(CaseAccess access) => access.May(Right.Read, CasePart.Incident);

    private async Task<IReadOnlyList<ReadLine>> CustodyAsync(CaseAccess access, int no, CancellationToken cancellation)
    {
        var subject = $"evidence-{no}";
        var steps = (await cases.ListAsync<TimelineEntry>(access.CaseId, Rows.TimelinePrefix, cancellation)).Select(e => e.Value)
            .Where(e => e.Subject == subject)
            .Select(e => (e.At, Who: e.PersonKey, e.OnBehalfOf, What: e.Code == "evidence.received" ? "Received, hash computed" : "Original downloaded"));
        var views = (await reads.ListAsync(access.CaseId, cancellation)).Where(r => r.What == subject).Select(r => (r.At, Who: r.PersonKey, r.OnBehalfOf, What: "This page opened"));
        return
        [
            .. steps.Concat(views).OrderBy(step => step.At).Select(step => new ReadLine(
                CaseWords.Person(access.Directory, step.Who) + (step.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : ""),
                step.What, London.Format(step.At, LondonStyle.Listed, access.At))),
        ];
    }

    /// <summary>Bytes as they came, never shown by the browser: attachment, octet-stream, nosniff, sandbox.</summary>
    private sealed class Attachment(EvidenceItem item, Stream content) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using (content)
            {
                var response = httpContext.Response;
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName(FileNames.Safe(item.FileName, item.No));
                response.Headers.ContentDisposition = disposition.ToString();
                response.ContentType = "application/octet-stream";
                response.ContentLength = item.Bytes;
                await content.CopyToAsync(response.Body, httpContext.RequestAborted);
            }
        }
    }
}

/// <summary>Names of downloaded files.</summary>
public static class FileNames
{
    private const int Longest = 100;

    /// <summary>What the sender called it, without anything that a file system or a header could take amiss; with a prefix that says which item it is.</summary>
    public static string Safe(string name, int no)
    {
        var kept = new string([.. name.Normalize().Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' or '(' or ')')]).Trim(' ', '.');
        if (kept.Length > Longest) kept = kept[..(Longest / 2)] + kept[^(Longest / 2)..];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"evidence-{no}-{(kept.Length == 0 ? "file" : kept)}");
    }
}
