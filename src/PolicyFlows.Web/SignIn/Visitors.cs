using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Knows who uses a device: sessions of people of the directory and passes from mailed codes (architecture rule 10). System time, not
/// business time (rule 13). A session ends when it is too long, too long idle, signed out of, or when its person has left; one that a work account
/// opened also as soon as the platform no longer says that the same account is signed in.
/// </summary>
public sealed class Visitors(IDataProtectionProvider protection, DirectoryStore directories, SessionDesk sessions, RoleGroups groups, TimeProvider system, BusinessClock clock)
{
    // A cookie holds about 4 KiB.
    private const int MostPasses = 12;

    // The idle time is counted by minutes: a fresh cookie with every request would be of no use.
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);
    private static readonly object Known = new();

    private readonly ProtectedCookie<SessionCookie> session = new(protection, "policyflows-session");
    private readonly ProtectedCookie<IReadOnlyList<TaskPass>> passes = new(protection, "policyflows-passes");

    private sealed record SessionCookie(string PersonId, string SessionId, DateTimeOffset SeenAt);

    /// <summary>Who it is. Asked once per request; keeps a session in use from running idle.</summary>
    public async Task<Visitor> OfAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(Known, out var known)) return (Visitor)known!;
        var directory = await directories.LoadAsync(context.RequestAborted);
        var visitor = directory is null ? Visitor.Nobody : await SignedInAsync(context, directory) with { Passes = LivePasses(context, directory) };
        context.Items[Known] = visitor;
        return visitor;
    }

    /// <summary>The directory as the rights of the visitor's session are read from it, for asking the access filter.</summary>
    public async Task<TrustDirectory> DirectoryOfAsync(HttpContext context)
    {
        var visitor = await OfAsync(context);
        var directory = await directories.RequireAsync(context.RequestAborted);
        return visitor.PersonId is { } person ? groups.Seen(directory, person, visitor.RolesFromGroups, clock.Now) : directory;
    }

    /// <summary>Opens a session for a person whose mail address was proved (or whom the demonstration lets in) and sets its cookie.</summary>
    /// <param name="account">The person's work account, where it is what proves who they are.</param>
    /// <exception cref="InvalidOperationException">No such active person.</exception>
    public async Task SignInAsync(HttpContext context, string personId, WorkAccount? account = null)
    {
        var directory = await directories.RequireAsync(context.RequestAborted);
        if (directory.Person(personId)?.IsHere(clock.Now) is not true) throw new InvalidOperationException("Only people of the directory who work here sign in.");
        await SignOutAsync(context);
        var roles = groups.Of(account);
        var limits = SessionLimits.Of(directory, personId, clock.Now, roles);
        var how = new ProcessContext(account is null ? "sign in" : "sign in with a work account", personId, clock.Now, Why: roles.Count == 0 ? null : "Roles from groups: " + string.Join(", ", roles.Order()));
        var opened = await sessions.OpenAsync(personId, limits, how, context.RequestAborted, account?.ObjectId);
        session.Write(context, new(personId, opened.Id, system.GetUtcNow()), limits.Length);
        context.Items.Remove(Known);
    }

    /// <summary>Ends the session, if there is one, here and for every copy of its cookie.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (session.Read(context) is { } open)
            await sessions.EndAsync(open.PersonId, open.SessionId, new ProcessContext("sign out", open.PersonId, clock.Now), context.RequestAborted);
        session.Clear(context);
        context.Items.Remove(Known);
    }

    /// <summary>After a right code: this device may open that person's tasks of the case without another one for a time.</summary>
    public async Task GrantPassAsync(HttpContext context, string caseId, string personKey)
    {
        var directory = await directories.RequireAsync(context.RequestAborted);
        var others = LivePasses(context, directory).Where(p => p.CaseId != caseId || p.PersonKey != personKey);
        List<TaskPass> held = [new(caseId, personKey, system.GetUtcNow()), .. others];
        passes.Write(context, [.. held.Take(MostPasses)], directory.Settings.Durations.DeviceTrust);
        context.Items.Remove(Known);
    }

    /// <summary>Forgets every pass of this device, for a shared one.</summary>
    public void DropPasses(HttpContext context)
    {
        passes.Clear(context);
        context.Items.Remove(Known);
    }

    private async Task<Visitor> SignedInAsync(HttpContext context, TrustDirectory directory)
    {
        if (session.Read(context) is not { } cookie) return Visitor.Nobody;
        var account = PlatformHeaders.AccountOf(context);
        var roles = groups.Of(account);
        var now = system.GetUtcNow();
        var limits = SessionLimits.Of(directory, cookie.PersonId, clock.Now, roles);
        var open = directory.Person(cookie.PersonId)?.IsHere(clock.Now) is true && now - cookie.SeenAt < limits.Idle
            ? await sessions.FindAsync(cookie.PersonId, cookie.SessionId, limits, context.RequestAborted)
            : null;
        if (open is null || (open.AccountId is { } opener && (account?.ObjectId != opener || account.PersonOf(directory, clock.Now)?.Id != cookie.PersonId)))
        {
            session.Clear(context);
            return Visitor.Nobody;
        }

        if (now - cookie.SeenAt >= SeenStep) session.Write(context, cookie with { SeenAt = now }, open.StartedAt + limits.Length - now);
        return new(cookie.PersonId, []) { RolesFromGroups = open.AccountId is null ? Visitor.Nobody.RolesFromGroups : roles };
    }

    private IReadOnlyList<TaskPass> LivePasses(HttpContext context, TrustDirectory directory)
    {
        var now = system.GetUtcNow();
        return [.. (passes.Read(context) ?? []).Where(p => now - p.GivenAt < directory.Settings.Durations.DeviceTrust && StillHere(p.PersonKey))];

        bool StillHere(string key) => key is CasePeople.ReporterKey or CasePeople.HarmedKey || directory.Person(key)?.IsHere(clock.Now) is true;
    }
}
