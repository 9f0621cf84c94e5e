using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.SignIn;

/// <summary>Lets administrators in. To everybody else the pages behind it do not exist.</summary>
internal sealed class AdministratorDoor(Visitors visitors, DirectoryStore directories, BusinessClock clock)
{
    /// <summary>Answers for an administrator, with who it is and the directory as it stands.</summary>
    public async Task<IResult> OpenAsync(HttpContext context, Func<Administration, Task<IResult>> answer)
    {
        if ((await visitors.OfAsync(context)).PersonId is not { } person) return Page.Next(Links.SignIn.Start());
        var now = clock.Now;
        return AccessFilter.May(await visitors.DirectoryOfAsync(context), person, now, Right.Read, CasePart.Operator, new CaseFacts { SchoolId = "" }).Allowed
            ? await answer(new(person, await directories.RequireAsync(context.RequestAborted), now))
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>An administrator at work.</summary>
/// <param name="Now">Business time, once per request.</param>
public sealed record Administration(string PersonId, TrustDirectory Directory, DateTimeOffset Now)
{
    /// <summary>The context of an act.</summary>
    public ProcessContext Act(string process, string? why = null) => new(process, PersonId, Now, Why: why);
}
