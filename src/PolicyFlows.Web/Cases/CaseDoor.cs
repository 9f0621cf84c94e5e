using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Cases;

/// <summary>
/// Opens a case for the signed-in visitor of a request. Somebody who is not signed in is asked to; a case that does not exist and one that
/// the visitor may not see are the same page.
/// </summary>
public sealed class CaseDoor(Visitors visitors, CaseGate gate, ReadLog reads)
{
    /// <summary>Opens it, or says what is answered instead. Exactly one of the two is set.</summary>
    /// <param name="may">What the visitor must be allowed to; null for seeing anything of it.</param>
    public async Task<(CaseAccess? Access, IResult? Refusal)> OpenAsync(HttpContext context, string reference, Func<CaseAccess, bool>? may = null)
    {
        var visitor = await visitors.OfAsync(context);
        if (visitor.PersonId is not { } person) return (null, Page.Next(Links.SignIn.Start()));
        var access = await gate.OpenAsync(person, reference, context.RequestAborted, visitor.RolesFromGroups);
        return access is not null && (may is null || may(access)) ? (access, null) : (null, Page.Error(StatusCodes.Status404NotFound));
    }

    /// <summary>
    /// As above, and also for somebody whose mailed code has opened a task of the case on this device: whoever decides by link opens the
    /// evidence without signing in. Only while they hold an open task, and never more than their role reads.
    /// </summary>
    public async Task<(CaseAccess? Access, IResult? Refusal)> OpenForTaskAsync(HttpContext context, string reference, Func<CaseAccess, bool> may)
    {
        var visitor = await visitors.OfAsync(context);
        foreach (var key in visitor.KeysFor(reference))
        {
            var access = await gate.OpenAsync(key, reference, context.RequestAborted, key == visitor.PersonId ? visitor.RolesFromGroups : null);
            if (access is not null && may(access) && (access.HoldsTask || key == visitor.PersonId)) return (access, null);
        }

        return (null, visitor.PersonId is null ? Page.Next(Links.SignIn.Start()) : Page.Error(StatusCodes.Status404NotFound));
    }

    /// <summary>Notes that the visitor is shown something of the case.</summary>
    public Task NoteReadAsync(CaseAccess access, string what, HttpContext context) => reads.NoteAsync(access, what, context.RequestAborted);
}
