using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Receipt;

/// <summary>What a confirmation page shows: the code once, and again on reload for a short time.</summary>
internal sealed record Confirmation(string CaseId, string Code, DateTimeOffset At);

/// <summary>A code was mailed, or looks as if it had been.</summary>
/// <param name="CodeId">Id of the mailed code; one that does not exist when nothing matched.</param>
internal sealed record CodeAsked(string CaseId, string CodeId, DateTimeOffset At);

/// <summary>Which report a device may follow, after a receipt code or a mailed one. System time; each has an end of its own.</summary>
internal sealed class ReceiptVisits(IDataProtectionProvider protection, TimeProvider system)
{
    private static readonly TimeSpan VisitLife = TimeSpan.FromHours(2), ConfirmationLife = TimeSpan.FromHours(1), CodeLife = TimeSpan.FromMinutes(30);

    private readonly ProtectedCookie<Visit> visits = new(protection, "policyflows-receipt");
    private readonly ProtectedCookie<Confirmation> confirmations = new(protection, "policyflows-confirmation");
    private readonly ProtectedCookie<Confirmation> alerts = new(protection, "policyflows-alert");
    private readonly ProtectedCookie<CodeAsked> codes = new(protection, "policyflows-lost-code");

    private sealed record Visit(string CaseId, DateTimeOffset At);

    /// <summary>The case that this device follows, or null.</summary>
    public string? Current(HttpContext context) => visits.Read(context) is { } visit && Lives(visit.At, VisitLife) ? visit.CaseId : null;

    /// <summary>Lets this device follow a case.</summary>
    public void Open(HttpContext context, string caseId) => visits.Write(context, new(caseId, system.GetUtcNow()), VisitLife);

    /// <summary>Keeps what the confirmation of a report shows.</summary>
    public Confirmation Confirm(HttpContext context, string caseId, string code)
    {
        var confirmation = new Confirmation(caseId, code, system.GetUtcNow());
        confirmations.Write(context, confirmation, ConfirmationLife);
        return confirmation;
    }

    /// <summary>What the confirmation of a report shows, or null.</summary>
    public Confirmation? Confirmed(HttpContext context) => confirmations.Read(context) is { } confirmation && Lives(confirmation.At, ConfirmationLife) ? confirmation : null;

    /// <summary>Lets this device follow a safeguarding concern.</summary>
    /// <param name="code">Shown while it is there; empty when the visitor came with it.</param>
    public void OpenAlert(HttpContext context, string caseId, string code) => alerts.Write(context, new(caseId, code, system.GetUtcNow()), VisitLife);

    /// <summary>The safeguarding concern that this device follows, or null.</summary>
    public Confirmation? Alert(HttpContext context) => alerts.Read(context) is { } alert && Lives(alert.At, VisitLife) ? alert : null;

    /// <summary>Remembers which mailed code is waited for.</summary>
    public void AskCode(HttpContext context, string caseId, string codeId) => codes.Write(context, new(caseId, codeId, system.GetUtcNow()), CodeLife);

    /// <summary>The mailed code that is waited for, or null.</summary>
    public CodeAsked? CodeAsked(HttpContext context) => codes.Read(context) is { } asked && Lives(asked.At, CodeLife) ? asked : null;

    /// <summary>The mailed code was right.</summary>
    public void ForgetCode(HttpContext context) => codes.Clear(context);

    /// <summary>Forgets everything on this device.</summary>
    public void Leave(HttpContext context)
    {
        visits.Clear(context);
        confirmations.Clear(context);
        alerts.Clear(context);
        codes.Clear(context);
    }

    private bool Lives(DateTimeOffset from, TimeSpan life) => system.GetUtcNow() - from < life;
}
