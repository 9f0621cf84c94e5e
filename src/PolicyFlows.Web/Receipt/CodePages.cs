using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Receipt;

/// <summary>Reference and receipt code. The same words and the same work for an unknown reference and a wrong code.</summary>
internal sealed class CodePages(CaseStore cases, DirectoryStore directories, ReceiptTries tries, ReceiptDoor door, ReceiptVisits visits)
{
    internal const string Reference = "reference", Code = "code";

    // Compared with when there is no such case.
    private static readonly string NoHash = Receipts.Hash(Receipts.NewCode());

    public static IResult Show() => Page.Of<CodePage>(new { Form = FormState.Empty() });

    public async Task<IResult> EnterAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var reference = ReadReference(form);
        form.Required(Code, "Enter the receipt code");
        if (!form.IsValid) return Page.Invalid<CodePage>(new { Form = form });

        var d = (await directories.RequireAsync(context.RequestAborted)).Settings.Durations;
        if (!tries.MayTry(reference, d.CodeTries, d.CodeLife)) return TooMany(form, d);
        if (!Receipts.Matches(form[Code], await HashAsync(reference, context.RequestAborted) ?? NoHash))
        {
            tries.Wrong(reference, d.CodeLife);
            form.AddError(Code, "The reference and the code do not belong together. Check both");
            return Page.Invalid<CodePage>(new { Form = form });
        }

        tries.Right(reference);
        if (reference.StartsWith("SG-", StringComparison.Ordinal))
        {
            visits.OpenAlert(context, reference, "");
            return Page.Next(Links.Safeguarding.Sent());
        }

        await door.OpenAsync(context, reference);
        return Page.Next(Links.Receipt.Status());
    }

    /// <summary>The reference as typed, in its one form; an error when it cannot be one.</summary>
    internal static string ReadReference(FormState form)
    {
        var typed = form.Required(Reference, "Enter the reference, like INC-7K3M9QRS").ToUpperInvariant();
        var reference = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        if (reference.Length > 0 && !IsReference(reference)) form.AddError(Reference, "Enter the reference as it was shown to you. It begins with INC- or SG-");
        return reference;
    }

    private static IResult TooMany(FormState form, Durations d)
    {
        form.AddError(Code, $"That was tried too often. Wait {Words.Of(d.CodeLife)}, or have a way in mailed to you");
        return Page.Of<CodePage>(new { Form = form }, StatusCodes.Status429TooManyRequests);
    }

    private async Task<string?> HashAsync(string reference, CancellationToken cancellation) => reference.StartsWith("SG-", StringComparison.Ordinal)
        ? (await cases.GetAsync<AlertRecord>(reference, Rows.Case, cancellation))?.ReceiptHash
        : (await cases.GetAsync<IncidentRecord>(reference, Rows.Case, cancellation))?.ReceiptHash;

    private static bool IsReference(string text) =>
        text.Split('-') is ["INC" or "SG", { Length: >= 4 and <= 16 } signs] && signs.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
}
