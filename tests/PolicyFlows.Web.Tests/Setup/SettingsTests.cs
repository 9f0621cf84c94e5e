using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Durable;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Setup;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Setup;

public sealed class SettingsTests
{
    [Fact]
    public void Every_duration_of_the_program_stands_in_one_group_with_words() =>
        Assert.Equal(DurationSetting.All.Select(setting => setting.Name).Order(StringComparer.Ordinal), DurationGroup.All.SelectMany(group => group.Labels.Select(label => label.Key)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_group_is_saved_as_it_is_shown_without_a_change()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        foreach (var school in new[] { null, FirstSchool })
            foreach (var group in DurationGroup.All.Where(group => group.Settings(ofSchool: school is not null).Count > 0))
            {
                await admin.OpenAsync(Links.Setup.DurationGroup(group.Key, school));
                await admin.Page.Form("Save").SubmitAsync();
                Assert.Equal(HttpStatusCode.OK, admin.Page.Status);
            }

        Assert.Equal(Json.Write(Create().Settings.Durations), Json.Write((await demo.Get<DirectoryStore>().RequireAsync()).Settings.For(FirstSchool)));
        Assert.Empty((await demo.Get<ConfigurationLog>().ListAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task A_school_decides_faster_than_the_trust_and_the_next_report_shows_it()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Home());
        await admin.Page.FollowAsync("See times");
        await admin.Page.FollowAsync("Quillmoor Academy");
        await admin.OpenAsync(Links.Setup.DurationGroup("decision", FirstSchool));
        await admin.Page.Form("Save").Fill("Report to decision, for the first person asked", "90 min").SubmitAsync();

        Assert.Contains("90 minutes, not 4 hours as in the trust", admin.Page.MainText, StringComparison.Ordinal);
        var reference = await demo.ReportAsync();
        Assert.Equal(demo.Time.Now.AddMinutes(90), Assert.Single(await demo.TasksAsync(reference), task => task.IsOpen).DueAt);
        await admin.OpenAsync(Links.Setup.Changes());
        Assert.Equal("Report to decision, for the first person asked at Quillmoor Academy", WebPage.Words(admin.Page.Document.QuerySelector("main dt")!));
        Assert.Equal("90 minutesbefore: as in the trust", WebPage.Words(admin.Page.Document.QuerySelector("main dd")!));
        await admin.OpenAsync(Links.Setup.DurationGroup("decision"));
        await admin.Page.Form("Save").Fill("Working days for a task that is handed over", "3 days").SubmitAsync();
        await admin.OpenAsync(Links.Setup.Changes());
        Assert.Equal("3 daysbefore: 2 days", WebPage.Words(admin.Page.Document.QuerySelector("main dd")!));

        await admin.OpenAsync(Links.Setup.DurationGroup("decision", FirstSchool));
        await admin.Page.Form("Save").Fill("Report to decision, for the first person asked", "").SubmitAsync();
        Assert.Equal(TimeSpan.FromHours(4), (await demo.Get<DirectoryStore>().RequireAsync()).Settings.For(FirstSchool).DecisionDue);
    }

    [Theory]
    [InlineData("removal", "Report to the request being sent", "25 hours", "SentDue", "This must be 24 hours or less")]
    [InlineData("removal", "Report to the first warning that no request was sent", "21 hours", "SentFirstWarning", "This must not be longer than \"Report to the second warning\", 20 hours")]
    [InlineData("removal", "Request sent to the first check", "soon", "FirstCheck", "Enter a time, like 15 minutes, 4 hours or 7 days")]
    [InlineData("removal", "Request sent to the first check", "", "FirstCheck", "Enter a time, like 15 minutes, 4 hours or 7 days")]
    [InlineData("decision", "Working days for a task that is handed over", "2 hours", "HandOverWorkingDays", "Enter a number of days, like 2 days")]
    [InlineData("sign-in", "Life of a mailed code", "11 minutes", "CodeLife", "This must be 10 minutes or less")]
    public async Task What_cannot_be_is_refused_beside_its_field(string group, string label, string text, string field, string message)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.DurationGroup(group));
        await admin.Page.Form("Save").Fill(label, text).SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, admin.Page.Status);
        Assert.EndsWith(message, admin.Page.ErrorBeside(field), StringComparison.Ordinal);
        Assert.Equal(text, admin.Page.Form("Save").Fields.Single(f => f.Key == field).Value);
        Assert.Equal(new Durations(), (await demo.Get<DirectoryStore>().RequireAsync()).Settings.Durations);
    }

    [Fact]
    public async Task Groups_and_schools_that_do_not_exist_are_not_found()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        foreach (var address in new[] { Links.Setup.DurationGroup("nothing"), Links.Setup.DurationGroup("sign-in", FirstSchool), Links.Setup.Durations("s-999"), Links.Setup.DurationGroup("removal", "s-999") })
            Assert.Equal(HttpStatusCode.NotFound, (await admin.OpenAsync(address)).Status);
    }

    [Fact]
    public async Task The_number_for_a_child_at_risk_is_changed_with_where_it_was_read_and_loses_its_check()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Trust());
        await admin.Page.Form("Save").Choose("I have checked this number today").SubmitAsync();
        Assert.Equal(new DateOnly(2026, 11, 22), (await HelplineAsync()).CheckedOn);
        await admin.OpenAsync(Links.Setup.Trust());
        await admin.Page.Form("Save").SubmitAsync();
        Assert.Equal(new DateOnly(2026, 11, 22), (await HelplineAsync()).CheckedOn);

        await admin.OpenAsync(Links.Setup.Trust());
        await admin.Page.Form("Save").Fill("Number", "020 7946 0188").Fill("Where you read it", "the council's website").SubmitAsync();
        Assert.Equal(("020 7946 0188", "the council's website", null), (await HelplineAsync()) is var line ? (line.Number, line.Source, line.CheckedOn) : default);
        var sent = await (await admin.OpenAsync(Links.Safeguarding.Start())).Form("Send now").Choose("Quillmoor Academy").Fill("Which child?", "A boy in 9B")
            .Fill("What are you worried about?", "He is afraid to go home.").Choose("No").SubmitAsync();
        Assert.Contains("020 7946 0188", sent.MainText, StringComparison.Ordinal);

        async Task<Helpline> HelplineAsync() => (await demo.Get<DirectoryStore>().RequireAsync()).Settings.ChildrensServicesOutOfHours;
    }

    [Fact]
    public async Task The_trusts_page_refuses_what_is_missing_or_impossible_and_keeps_what_was_entered()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Trust());
        await admin.Page.Form("Save").Fill("Name of the trust", "").Fill("Email address", "wendy@").Fill("Number", "one").Fill("From", "16.30").Fill("To", "8am").SubmitAsync();
        Assert.EndsWith("Enter the name of the trust", admin.Page.ErrorBeside("trust"), StringComparison.Ordinal);
        Assert.Contains("correct format", admin.Page.ErrorBeside("email"), StringComparison.Ordinal);
        Assert.Contains("must be a telephone number", admin.Page.ErrorBeside("number"), StringComparison.Ordinal);
        Assert.EndsWith("Enter a time, like 08:00 or 16:30", admin.Page.ErrorBeside("to"), StringComparison.Ordinal);
        await admin.Page.Form("Save").Fill("To", "07:00").SubmitAsync();
        Assert.EndsWith("School hours must end after they begin", admin.Page.ErrorBeside("to"), StringComparison.Ordinal);
        Assert.Equal("Polygon Learning Trust", (await demo.Get<DirectoryStore>().RequireAsync()).Settings.TrustName);
    }

    [Theory]
    [InlineData("15 minutes", 15 * 60)]
    [InlineData("4h", 4 * 3600)]
    [InlineData("7 Days", 7 * 86400)]
    [InlineData("10 s", 10)]
    [InlineData("1 hr", 3600)]
    public void Times_are_read_as_people_write_them(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Read(DurationSetting.All.Single(s => s.Name == nameof(Durations.SentDue)), text));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("-4 hours")]
    [InlineData("4 fortnights")]
    [InlineData("99999 days")]
    [InlineData("4 hours and a bit")]
    public void Anything_else_is_no_time(string text) => Assert.Null(DurationText.Read(DurationSetting.All.Single(s => s.Name == nameof(Durations.SentDue)), text));
}
