using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.SignIn;

/// <summary>Sign in by mail: address, code, own page. Every address gets the same answers.</summary>
public sealed class SignInPages(Visitors visitors, PendingCodes pending, SignInDesk desk, WorkSignInPages work, DirectoryStore directories)
{
    private const string Purpose = "sign-in";

    /// <summary>Asks for the address.</summary>
    public async Task<IResult> StartAsync(HttpContext context) =>
        (await visitors.OfAsync(context)).PersonId is null ? Page.Of<SignInPage>(new { Form = FormState.Empty(), WorkHref = work.Entrance(context), work.OpensMore }) : Page.Next(Links.Dashboard.Home());

    /// <summary>Mails the code, if there is somebody to mail it to.</summary>
    public async Task<IResult> SendAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var email = form.Required("email", "Enter your work email address");
        if (form.IsValid && !LooksLikeAddress(email)) form.AddError("email", "Enter an email address in the right form, like name@example.com");
        if (!form.IsValid) return Page.Invalid<SignInPage>(new { Form = form, WorkHref = work.Entrance(context), work.OpensMore });
        var id = await desk.AskAsync(email, pending.Find(context, Purpose, email)?.CodeId, context.RequestAborted);
        pending.Keep(context, Purpose, email, id);
        return Page.Next(Links.SignIn.Code());
    }

    /// <summary>Asks for the code.</summary>
    public async Task<IResult> CodeAsync(HttpContext context)
    {
        if (pending.Find(context, Purpose) is not { } asked) return Page.Next(Links.SignIn.Start());
        return Page.Of<SignInCodePage>(new { Form = FormState.Empty(), Email = asked.Who, Life = await LifeAsync(context) });
    }

    /// <summary>Tries the code. One answer for every reason to refuse it.</summary>
    public async Task<IResult> EnterAsync(HttpContext context)
    {
        if (pending.Find(context, Purpose) is not { } asked) return Page.Next(Links.SignIn.Start());
        var form = await FormState.ReadAsync(context);
        if (CodeField.Read(form) is { } typed)
        {
            if (await desk.TryAsync(asked.Who, asked.CodeId, typed, context.RequestAborted) is { } person)
            {
                pending.Forget(context, Purpose);
                await visitors.SignInAsync(context, person);
                return Page.Next(Links.Dashboard.Home());
            }

            form.AddError(CodeField.Name, "That code does not work. Check it in the newest email from us. A code works once, and not after too many wrong tries: if in doubt, ask for a new one.");
        }

        return Page.Invalid<SignInCodePage>(new { Form = form, Email = asked.Who, Life = await LifeAsync(context) });
    }

    /// <summary>Ends the session and forgets the passes of this device.</summary>
    public async Task<IResult> SignOutAsync(HttpContext context)
    {
        await visitors.SignOutAsync(context);
        visitors.DropPasses(context);
        return Page.Next(PlatformHeaders.AccountOf(context) is null ? Links.Home() : Links.SignIn.SignedOut());
    }

    private async Task<TimeSpan> LifeAsync(HttpContext context) => (await directories.RequireAsync(context.RequestAborted)).Settings.Durations.CodeLife;

    private static bool LooksLikeAddress(string email) =>
        email.Length <= 254 && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && at == email.LastIndexOf('@')
        && !email.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';');
}

/// <summary>The field of a mailed code.</summary>
public static class CodeField
{
    /// <summary>Name of the field.</summary>
    public const string Name = "code";

    /// <summary>The digits, or null with an error. Spaces and dashes from pasting do not matter.</summary>
    public static string? Read(FormState form)
    {
        var text = form.Required(Name, "Enter the 6-digit code from the email");
        if (!form.IsValid) return null;
        var digits = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
        if (digits.Length == 6 && digits.All(char.IsAsciiDigit)) return digits;
        form.AddError(Name, "The code is 6 digits, like 012345. Enter it as it stands in the email");
        return null;
    }
}
