using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>People at their devices, who know only what was mailed to them.</summary>
public static class Devices
{
    /// <summary>A device on which somebody has opened a task from their mail.</summary>
    public static async Task<WebBrowser> OpenAsync(this TestProgram program, string email, string? taskId = null, string? caseId = null)
    {
        var browser = program.Browser();
        await browser.OpenAsync(program.Mail.LinkTo(email, taskId, caseId));
        await browser.Page.Form("Email me a code").SubmitAsync();
        await program.RunAsync();
        await browser.Page.Form("Open the task").Fill("6-digit code", program.Mail.CodeTo(email)).SubmitAsync();
        Assert.StartsWith("/tasks/", browser.Page.Path, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>A device on which somebody has signed in with a mailed code.</summary>
    public static async Task<WebBrowser> SignInAsync(this TestProgram program, string email)
    {
        var browser = program.Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.Page.Form().Fill("Your work email address", email).SubmitAsync();
        await program.RunAsync();
        await browser.Page.Form("Sign in").Fill("6-digit code", program.Mail.CodeTo(email)).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
        return browser;
    }
}
