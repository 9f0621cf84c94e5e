using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>From the report to the removal, with everything that a person does in between, and every page looked at.</summary>
public abstract class RemovalJourney(ProgramServer server)
{
    protected async Task TellAsync(Conditions conditions)
    {
        Chromium.Need();
        await using var reporter = await server.PersonAsync(conditions);
        await using var manager = await server.PersonAsync(conditions);
        await using var mail = await server.PersonAsync(conditions);
        var inbox = new Inbox(mail);

        var receipt = await reporter.ReportAsync();
        await reporter.ChooseAsync("Would you like support?", "Maybe later");
        await reporter.PressAsync("Save my answer");
        await reporter.FollowAsync("See where your report stands");
        await reporter.ExpectAsync("Your report is being read");
        Assert.Contains(receipt.Reference, await inbox.OpenAsync(Reporting.Reporter, "We have your report"), StringComparison.Ordinal);

        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Decision needed", "What should the school do about this report?");
        await manager.SeesAsync(Reporting.What);
        await manager.DecideTakedownAsync();
        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Removal request needed", "Send the request to remove it");
        await manager.FileAsync();

        await manager.MoveClockAsync("24h");
        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Check needed", "Is it gone?");
        await manager.FindGoneAsync();
        await manager.MoveClockAsync("24h");
        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Check needed", "Is it gone?");
        await manager.FindGoneAsync();

        await manager.SignInAsAsync(Reporting.Manager);
        await manager.FollowAsync(receipt.Reference);
        await manager.SeesAsync("Timeline");
        await manager.FollowAsync("1. screenshot.png");
        await manager.ExpectAsync("Evidence 1");
        await manager.FollowAsync("Back");
        await manager.FollowAsync("See what is open, and close");
        await manager.FillAsync("What came of it?", "Removed by the website within two days.");
        await manager.PressAsync($"Close {receipt.Reference}");
        await manager.SeesAsync("Closed");

        await reporter.OpenAsync("/receipt/status");
        await reporter.PressAsync("Close my report on this device");
        await reporter.OpenAsync("/receipt");
        await reporter.FillAsync("Reference", receipt.Reference);
        await reporter.FillAsync("Receipt code", receipt.Code);
        await reporter.PressAsync("Continue");
        await reporter.ExpectAsync("Your report is closed");
        await reporter.SeesAsync("Gone. Seen twice");

        reporter.Problems.AssertNone(pages: 15);
        manager.Problems.AssertNone(pages: 15);
        mail.Problems.AssertNone(pages: 6);
    }
}

public sealed class RemovalWithScript(ProgramServer server) : RemovalJourney(server), IClassFixture<ProgramServer>
{
    [Fact]
    public Task A_report_leads_to_a_checked_removal_with_script() => TellAsync(new Conditions());
}

public sealed class RemovalWithoutScript(ProgramServer server) : RemovalJourney(server), IClassFixture<ProgramServer>
{
    [Fact]
    public Task A_report_leads_to_a_checked_removal_without_script() => TellAsync(new Conditions { Script = false });
}

public sealed class RemovalOnAPhone(ProgramServer server) : RemovalJourney(server), IClassFixture<ProgramServer>
{
    [Fact]
    public Task A_report_leads_to_a_checked_removal_at_320_pixels() => TellAsync(new Conditions { Width = 320, Height = 640 });
}
