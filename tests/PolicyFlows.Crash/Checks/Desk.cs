using PolicyFlows.Crash.Mail;
using PolicyFlows.Crash.People;
using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.Checks;

/// <summary>A manager's computer: signed in once by a mailed code, and signed in still after every kill.</summary>
internal sealed class Desk(string mailAddress, Post post, Stage stage, PostWatch wire, Uri address) : IDisposable
{
    private readonly Device device = new(stage, wire, address, looks: true);

    public Device Device => device;

    public async Task SignInAsync()
    {
        await device.OpenAsync("/sign-in");
        await device.SubmitAsync(device.Form("/sign-in").Set("email", mailAddress));
        var waited = System.Diagnostics.Stopwatch.StartNew();
        string? code;
        while ((code = post.To(mailAddress).LastOrDefault(l => l.Code is not null)?.Code) is null)
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(60)) throw new BrokenPromiseException($"no code to sign in came for {mailAddress}");
            await Task.Delay(20);
        }

        await device.SubmitAsync(device.Form("/sign-in/code").Set("code", code));
        if (device.Page!.Path.StartsWith("/sign-in", StringComparison.Ordinal)) throw device.Unexpected("does not take the code");
    }

    /// <summary>A page that only a signed-in person sees.</summary>
    public async Task<WebPage> OpenAsync(string path)
    {
        var page = await device.OpenAsync(path);
        return page.Path.StartsWith("/sign-in", StringComparison.Ordinal) ? throw new BrokenPromiseException($"{mailAddress} is no longer signed in") : page;
    }

    public void Dispose() => device.Dispose();
}
