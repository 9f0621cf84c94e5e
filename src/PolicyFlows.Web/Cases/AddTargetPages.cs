using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>The manager adds a page, post or message that was found later: a takedown with clocks of its own (scenario 17).</summary>
internal sealed class AddTargetPages(CaseDoor door, HostDirectory hosts, IncidentDesk desk, CaseStore cases)
{
    public const string KindField = "kind", AddressField = "address", HandleField = "handle", PlatformField = "platform", OwnField = "own", WhyField = "why";

    public async Task<IResult> ShowAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        return access is null ? refusal! : Show(access, FormState.Empty());
    }

    public async Task<IResult> AddAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var form = await FormState.ReadAsync(context);
        var kind = form.OneOf(KindField, Enum.GetNames<TargetKind>(), "Choose what it is");
        var address = ReadAddress(form);
        form.AtMost(HandleField, 200, "The name or handle");
        if (form[AddressField].Length == 0 && form[HandleField].Length == 0) form.AddError(AddressField, "Enter a web address, or a name or handle below");
        form.Required(WhyField, "Say how it was found");
        form.AtMost(WhyField, ClosePages.SummaryLength, "This");
        var incident = await cases.NeedAsync<IncidentRecord>(access.CaseId, Rows.Case, context.RequestAborted);
        if (incident.Targets >= TargetDesk.MostTargets) form.AddError(AddressField, $"A case takes {TargetDesk.MostTargets} links. Report this one as a new incident");
        if (!form.IsValid) return Show(access, form);
        var target = new TargetOptions(
            Enum.Parse<TargetKind>(kind!), address?.Normalised, address?.Original, form[HandleField] is { Length: > 0 } handle ? handle : null,
            hosts.Match(address, form[PlatformField]).Id, form.IsChosen(OwnField, "yes"));
        await desk.AddAsync(access.CaseId, form[WhyField], [target], [], access.Act("add target"), context.RequestAborted);
        return Page.Next(Links.Cases.Show(access.CaseId));
    }

    private static TargetAddress? ReadAddress(FormState form)
    {
        if (form[AddressField].Length == 0) return null;
        var (address, refusal) = TargetAddress.Normalise(form[AddressField]);
        if (address is null)
        {
            form.AddError(AddressField, refusal switch
            {
                AddressRefusal.NotTheWeb => "Enter an address that starts with http or https",
                AddressRefusal.HasCredentials => "Take the user name and password out of the address",
                AddressRefusal.TooLong => "The address must be 2,048 characters or fewer. Try it without what follows the question mark.",
                _ => "Enter a web address like www.example.com/page",
            });
        }

        return address;
    }

    private static IResult Show(CaseAccess access, FormState form)
    {
        var parameters = new { Reference = access.CaseId, Form = form };
        return form.IsValid ? Page.Of<AddTargetPage>(parameters) : Page.Invalid<AddTargetPage>(parameters);
    }
}
