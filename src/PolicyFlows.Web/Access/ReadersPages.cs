using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Access;

/// <summary>Somebody who was let in.</summary>
/// <param name="How">On what ground, by whom and since or until when, in words.</param>
/// <param name="MayEnd">An invitation can be ended; a request ends by itself.</param>
public sealed record LetIn(string PersonId, string Name, string How, bool MayEnd);

/// <summary>Whoever manages a case invites somebody of human resources to read it, and ends that again.</summary>
internal sealed class ReadersPages(CaseDoor door, ReadingDesk desk)
{
    public const string PersonField = "person", ReasonField = "reason";

    public async Task<IResult> ShowAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        return access is null ? refusal! : await PageAsync(access, FormState.Empty(), context);
    }

    public async Task<IResult> InviteAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var form = await FormState.ReadAsync(context);
        var person = form.OneOf(PersonField, ReadingDesk.Invitable(access).Select(p => p.Id), "Choose whom to invite");
        var reason = form.Required(ReasonField, "Say why");
        form.AtMost(ReasonField, ClosePages.SummaryLength, "The reason");
        if (!form.IsValid) return await PageAsync(access, form, context);
        await desk.InviteAsync(access.CaseId, person!, reason, access.Act("invite to read", reason), context.RequestAborted);
        return Page.Next(Links.Access.Readers(access.CaseId));
    }

    public async Task<IResult> EndAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var form = await FormState.ReadAsync(context);
        // Ended already, in another window or by somebody else: the page shows it.
        await desk.EndAsync(access.CaseId, form[PersonField], access.Act("end invitation"), context.RequestAborted);
        return Page.Next(Links.Access.Readers(access.CaseId));
    }

    private async Task<IResult> PageAsync(CaseAccess access, FormState form, HttpContext context)
    {
        var rows = await desk.ListAsync(access.CaseId, access.At, context.RequestAborted);
        var invited = rows.Where(r => r.Ground is ReadingGround.Invitation).Select(r => r.PersonKey).ToHashSet(StringComparer.Ordinal);
        var parameters = new
        {
            Reference = access.CaseId, Readers = (IReadOnlyList<LetIn>)[.. rows.OrderBy(r => r.At).Select(r => Line(access, r))], Form = form,
            Offered = (IReadOnlyList<Choice>)[.. ReadingDesk.Invitable(access).Where(p => !invited.Contains(p.Id)).Select(p => new Choice(p.Id, p.Name, RoleWords.Of(Core.People.Role.Hr)))],
        };
        return form.IsValid ? Page.Of<ReadersPage>(parameters) : Page.Invalid<ReadersPage>(parameters);
    }

    private static LetIn Line(CaseAccess access, ReadingRow row)
    {
        var name = CaseWords.Person(access.Directory, row.PersonKey) + (row.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : "");
        return row.Ground is ReadingGround.Invitation
            ? new(row.PersonKey, name, $"Invited by {CaseWords.Person(access.Directory, row.GivenByKey)}, {London.Format(row.At, LondonStyle.Full, access.At)}", MayEnd: true)
            : new(row.PersonKey, name, $"Asked with a reason, as data protection officer. Ends {London.Format(row.Until ?? row.At, LondonStyle.Full, access.At)}", MayEnd: false);
    }
}
