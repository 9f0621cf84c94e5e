using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.People;

/// <summary>Sends safeguarding concerns; after a kill presses the button of the kept page again until the confirmation shows.</summary>
internal sealed class Worrier(string name, Ledger ledger, Stage stage, PostWatch wire, Uri address, Random random) : Actor(name, ledger)
{
    private readonly Ledger ledger = ledger;
    private Device? device;
    private WebForm? form;
    private string marker = "", school = "";
    private int rest = 5;

    public override bool IsIdle => device is null;

    protected override async Task<bool> StepAsync()
    {
        if (device is null)
        {
            // One concern to some reports, as in life.
            if (Finishing || rest-- > 0) return false;
            rest = random.Next(20, 60);
            device = new Device(stage, wire, address);
            (marker, school) = ($"concern {random.NextInt64():x16}", Folk.Schools[random.Next(Folk.Schools.Count)].Id);
        }

        if (form is null)
        {
            await device.OpenAsync("/safeguarding");
            form = device.Form("/safeguarding").Set("school", school).Set("who", "A pupil of 8B").Set("what", $"I am worried: {marker}.").Set("danger", "no");
        }

        var page = await device.SubmitAsync(form);
        if (page.Path != "/safeguarding/sent") throw device.Unexpected("does not confirm a concern");
        var codes = page.Document.QuerySelectorAll(".pf-code").Select(WebPage.Words).ToList();
        var reference = page.Document.QuerySelectorAll(".govuk-summary-list__value").Select(WebPage.Words).FirstOrDefault(v => v.StartsWith("SG-", StringComparison.Ordinal))
            ?? throw device.Unexpected("shows no reference");
        ledger.Add(new SentAlert(reference, codes.Single(), marker, school));
        GiveUp();
        return true;
    }

    protected override void WasCutOff()
    {
    }

    protected override void GiveUp()
    {
        device?.Dispose();
        (device, form) = (null, null);
    }
}
