using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Sign in with a work account: the platform comes back to a page that shows whose session it would be, and a button opens it. Coming back opens
/// nothing by itself (architecture rule 10).
/// </summary>
public sealed class WorkSignInPages(PlatformSignIn platform, RoleGroups groups, Visitors visitors, DirectoryStore directories, BusinessClock clock, ILogger<WorkSignInPages> logger)
{
    /// <summary>Where the sign-in page leads to for it: to the platform, or straight on where it knows the account already; null where there is no such sign-in.</summary>
    public string? Entrance(HttpContext context) => !platform.IsOn ? null
        : PlatformHeaders.AccountOf(context) is null ? Links.SignIn.Platform(Links.SignIn.Work())
        : Links.SignIn.Work();

    /// <summary>Some people have more rights after this than after a mailed code.</summary>
    public bool OpensMore => platform.IsOn && groups.Roles.Count > 0;

    /// <summary>Whose session it would be.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (PlatformHeaders.AccountOf(context) is not { } account) return Page.Next(Links.SignIn.Start());
        if (account.PersonOf(await directories.RequireAsync(context.RequestAborted), clock.Now) is not { } person) return Unknown(account);
        return (await visitors.OfAsync(context)).PersonId == person.Id
            ? Page.Next(Links.Dashboard.Home())
            : Page.Of<WorkPage>(new { Account = account.ShownAs, Name = person.Name, RolesMissing = RolesMissing(account) });
    }

    /// <summary>Opens the session.</summary>
    public async Task<IResult> EnterAsync(HttpContext context)
    {
        if (PlatformHeaders.AccountOf(context) is not { } account) return Page.Next(Links.SignIn.Start());
        if (account.PersonOf(await directories.RequireAsync(context.RequestAborted), clock.Now) is not { } person) return Unknown(account);
        await visitors.SignInAsync(context, person.Id, account);
        if (RolesMissing(account)) logger.LogWarning("A work account is in too many groups to be named at sign-in: roles from groups were not given. docs/azure.md says what to do.");
        return Page.Next(Links.Dashboard.Home());
    }

    /// <summary>After the session has ended: the platform is asked to forget the account on this device too.</summary>
    public IResult SignedOut(HttpContext context)
    {
        // By the browser and not by a redirect of the form: the platform leads on to Microsoft, and forms of these pages may not go there.
        if (PlatformHeaders.AccountOf(context) is null) return Page.Next(Links.Home());
        context.Response.Headers["Refresh"] = $"0;url={Links.SignIn.PlatformOut(Links.Home())}";
        return Page.Of<SignedOutPage>();
    }

    private bool RolesMissing(WorkAccount account) => !account.GroupsKnown && groups.Roles.Count > 0;

    private static IResult Unknown(WorkAccount account) => Page.Of<UnknownAccountPage>(new { Account = account.ShownAs }, StatusCodes.Status403Forbidden);
}
