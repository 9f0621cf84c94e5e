using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>One file of screen 5: kept at once, or refused beside its field.</summary>
internal sealed class UploadStep(ReportJourney journey, EvidenceIntake intake, FilesStep files)
{
    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = FormState.Empty();
        if (await journey.DraftAsync(context) is not { } draft) return Page.Next(Links.Report.Start());
        if (draft.Sent) return Page.Next(Links.Report.Sent());
        if (new ReportAnswers(draft).Images != F.No) form.AddError(F.Images, "Answer this before you add a file");
        else if (draft.Files.Count >= F.MostFiles) form.AddError(F.File, TooMany);
        else await KeepAsync(context, draft, form);
        return form.IsValid ? Page.Next(Links.Report.Files(ReportJourney.IsChange(context))) : await files.InvalidAsync(context, form);
    }

    public async Task<IResult> RemoveAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var removed = false;
        await journey.Drafts.ChangeAsync(ReportJourney.KeyOf(context), d =>
        {
            removed = !d.Sent && d.Files.Any(f => f.Received.BlobId == form["blob"]);
            return removed ? d with { Files = [.. d.Files.Where(f => f.Received.BlobId != form["blob"])] } : d;
        }, context.RequestAborted);
        if (removed) await intake.ForgetAsync(form["blob"]);
        return Page.Next(Links.Report.Files(ReportJourney.IsChange(context)));
    }

    private static string TooMany => $"You can add {F.MostFiles} files here. Send the report, then add more on your receipt page";

    private async Task KeepAsync(HttpContext context, Draft draft, FormState form)
    {
        UploadedFile? uploaded;
        try
        {
            uploaded = await Uploads.Of(context).FileAsync(context.RequestAborted);
        }
        catch (UploadBrokenException) when (!context.RequestAborted.IsCancellationRequested)
        {
            form.AddError(F.File, "The selected file did not arrive complete, so it was not kept. Nothing else is lost. Try again");
            return;
        }

        var (file, error) = await intake.TakeAsync(uploaded, draft.Reference, context.RequestAborted);
        if (error is not null)
        {
            form.AddError(F.File, error);
            return;
        }

        var kept = new DraftFile(file!.Received, file.FileName, file.ReceivedAt);
        var taken = false;
        try
        {
            await journey.Drafts.ChangeAsync(ReportJourney.KeyOf(context), d =>
            {
                taken = !d.Sent && d.Files.Count < F.MostFiles;
                return taken ? d with { Files = [.. d.Files, kept] } : d;
            }, CancellationToken.None);
        }
        catch (IOException)
        {
            await intake.ForgetAsync(kept.Received.BlobId);
            form.AddError(F.File, EvidenceIntake.NotSaved);
            return;
        }

        if (taken) return;
        // Sent, thrown away or filled up in another window meanwhile.
        await intake.ForgetAsync(kept.Received.BlobId);
        form.AddError(F.File, TooMany);
    }
}
