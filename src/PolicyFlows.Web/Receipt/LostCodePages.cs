using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Receipt;

/// <summary>
/// A lost receipt code: a code of six digits is mailed to the address that the report holds. Whether anything matched is said to nobody but
/// the owner of that mailbox.
/// </summary>
internal sealed class LostCodePages(CaseStore cases, DirectoryStore directories, CodeDesk codes, ReceiptVisits visits, ReceiptTries tries, ReceiptDoor door)
{
    internal const string Email = "email", Digits = "digits";

    public static IResult Show() => Page.Of<LostCodePage>(new { Form = FormState.Empty() });

    public async Task<IResult> AskAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var reference = CodePages.ReadReference(form);
        if (form.Required(Email, "Enter the email address that you gave in the report").Length > 0) form.Address(Email, "The email address");
        if (!form.IsValid) return Page.Invalid<LostCodePage>(new { Form = form });

        var people = reference.StartsWith("INC-", StringComparison.Ordinal) ? await cases.GetAsync<CasePeople>(reference, Rows.People, context.RequestAborted) : null;
        var matches = people?.Reporter?.Email is { } known && string.Equals(known, form[Email], StringComparison.OrdinalIgnoreCase);
        var durations = (await directories.RequireAsync(context.RequestAborted)).Settings.Durations;
        var id = matches ? await codes.SendAsync(reference, people!.KeyOfReporter, MailLane.Incident, durations, cancellation: context.RequestAborted) : null;
        visits.AskCode(context, reference, id ?? RandomNumberGenerator.GetHexString(20, lowercase: true));
        return Page.Next(Links.Receipt.MailedCode());
    }

    public Task<IResult> ShowCodeAsync(HttpContext context) => Task.FromResult(
        visits.CodeAsked(context) is null ? Page.Next(Links.Receipt.Lost()) : Page.Of<MailedCodePage>(new { Form = FormState.Empty() }));

    public async Task<IResult> EnterAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (visits.CodeAsked(context) is not { } asked) return Page.Next(Links.Receipt.Lost());
        var typed = form.Required(Digits, "Enter the 6 digits of the code");
        if (typed.Length > 0 && (typed.Length > 20 || typed.Count(char.IsAsciiDigit) != 6)) form.AddError(Digits, "The code has 6 digits");
        if (!form.IsValid) return Page.Invalid<MailedCodePage>(new { Form = form });

        var d = (await directories.RequireAsync(context.RequestAborted)).Settings.Durations;
        var result = CodeResult.TooManyTries;
        // Counted here as well: a code that was never mailed must run out like a real one.
        if (tries.MayTry(asked.CodeId, d.CodeTries, d.CodeLife))
        {
            var people = await cases.GetAsync<CasePeople>(asked.CaseId, Rows.People, context.RequestAborted);
            result = await codes.TryAsync(asked.CaseId, asked.CodeId, people?.KeyOfReporter ?? CasePeople.ReporterKey, typed, d, context.RequestAborted);
            tries.Wrong(asked.CodeId, d.CodeLife);
        }

        if (result == CodeResult.Right)
        {
            visits.ForgetCode(context);
            await door.OpenAsync(context, asked.CaseId);
            return Page.Next(Links.Receipt.Status());
        }

        form.AddError(Digits, tries.MayTry(asked.CodeId, d.CodeTries, d.CodeLife)
            ? $"That code is not right, or it is older than {Words.Of(d.CodeLife)}. Check the newest email"
            : "That was tried too often. Ask for a new code");
        return Page.Invalid<MailedCodePage>(new { Form = form });
    }
}
