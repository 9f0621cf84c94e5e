using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Receipt;

/// <summary>"It happened again", or more evidence (scenario 17). One form, one addition; the question about images of children comes first.</summary>
internal sealed class AddPages(ReceiptDoor door, HostDirectory hosts, EvidenceIntake intake, IncidentDesk desk)
{
    internal const string Text = "text";

    // A row per item in one batch, besides everything that an addition wakes.
    private const int MostEvidence = 99;

    public async Task<IResult> AskImagesAsync(HttpContext context) =>
        await door.EnterAsync(context) is null ? Page.Next(Links.Receipt.Start()) : Page.Of<AddImagesPage>(new { Form = FormState.Empty() });

    public async Task<IResult> TakeImagesAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await door.EnterAsync(context) is null) return Page.Next(Links.Receipt.Start());
        return form.OneOf(F.Images, [F.Yes, F.No], "Say whether any of it is, or could be, a sexual image of someone under 18") switch
        {
            F.Yes => Page.Next(Links.Safeguarding.Start()),
            F.No => Page.Next(Links.Receipt.AddWithFile()),
            _ => Page.Invalid<AddImagesPage>(new { Form = form }),
        };
    }

    public async Task<IResult> ShowAsync(HttpContext context, bool withFile) =>
        await door.EnterAsync(context) is null ? Page.Next(Links.Receipt.Start()) : Page.Of<AddPage>(new { Form = FormState.Empty(), Hosts = hosts, WithFile = withFile });

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var upload = Uploads.Of(context);
        UploadedFile? uploaded = null;
        var broken = false;
        try
        {
            uploaded = await upload.FileAsync(context.RequestAborted);
        }
        catch (UploadBrokenException) when (!context.RequestAborted.IsCancellationRequested)
        {
            broken = true;
        }

        var form = upload.Fields;
        var entry = await door.EnterAsync(context);
        // What was typed is kept on the page: another window can let this device in again.
        if (entry is null) form.AddError(Text, "You have been away for more than 2 hours. Copy your text, open your receipt page with the code, and add it there");
        if (form.Required(Text, "Say what is new, in a few words").Length > 0) form.AtMost(Text, F.WhatLength, "What you write");
        if (uploaded is not null && form[F.Images] != F.No) form.AddError(Text, "Answer the question about images first, then add the file");
        var target = ReadTarget(form, entry);
        if (entry?.Incident.Evidence >= MostEvidence && uploaded is not null) form.AddError(F.File, "This report has as many files as it can hold. Send a new report and mention this one");
        if (broken) form.AddError(F.File, "The selected file did not arrive complete, so nothing was added yet. Try again");
        EvidenceOptions? file = null;
        if (form.IsValid && uploaded is not null)
        {
            (file, var error) = await intake.TakeAsync(uploaded, entry!.CaseId, context.RequestAborted);
            if (error is not null) form.AddError(F.File, error);
        }

        if (!form.IsValid) return Page.Invalid<AddPage>(new { Form = form, Hosts = hosts, WithFile = form[F.Images] == F.No });
        await desk.AddAsync(entry!.CaseId, form[Text], target is null ? [] : [target], file is null ? [] : [file], entry.Acts("add to report"), CancellationToken.None);
        return Page.Next(Links.Receipt.Status());
    }

    private TargetOptions? ReadTarget(FormState form, ReceiptEntry? entry)
    {
        var address = form.WebAddress(F.Link);
        var handle = form.Line(F.Handle, F.LineLength, "The name, number or group");
        if (form[F.Platform].Length > 0) form.OneOf(F.Platform, TargetWords.Platforms(hosts).Select(p => p.Value), "Choose the website or app from the list");
        if (form[F.Kind].Length > 0) form.OneOf(F.Kind, TargetWords.Kinds.Select(k => k.Value), "Choose what it is");
        if (form[F.Link].Length == 0 && handle.Length == 0) return null;
        if (entry?.Incident.Targets >= TargetDesk.MostTargets) form.AddError(F.Link, "This report has as many links as it can hold. Send a new report and mention this one");
        if (!form.IsValid) return null;
        var kind = form[F.Kind].Length > 0 ? Enum.Parse<TargetKind>(form[F.Kind]) : address is null ? TargetKind.Account : TargetKind.Post;
        return ReportSending.OptionsOf(new(kind, address?.Original, handle.Length == 0 ? null : handle, hosts.Match(address, form[F.Platform]).Id, form.IsChosen(F.Own, F.Yes)));
    }
}
