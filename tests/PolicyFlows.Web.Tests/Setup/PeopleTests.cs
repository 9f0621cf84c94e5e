using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Setup;

public sealed class PeopleTests
{
    [Fact]
    public async Task An_administrator_adds_somebody_gives_them_a_role_and_the_change_stands_in_the_log()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.Page.FollowAsync("Set-up");
        await admin.Page.FollowAsync("See people");
        await admin.Page.FollowAsync("Add a person");
        await admin.Page.Form("Add this person").Fill("Name", "Zara <b>Quill</b>").Fill("Email address", "zara.quill@polygon.example").Fill("Work telephone", "020 7946 0444")
            .Choose("Quillmoor Academy").SubmitAsync();
        Assert.Equal("Zara <b>Quill</b>", admin.Page.Heading);

        await admin.Page.Form("Give this role").Choose("Deputy senior manager", "Role").Choose("Quillmoor Academy", "Where?").Fill("Asked as number (optional)", "3").SubmitAsync();

        Assert.Contains("Deputy senior manager at Quillmoor Academy, asked as number 3", admin.Page.MainText, StringComparison.Ordinal);
        var directory = await demo.Get<DirectoryStore>().RequireAsync();
        var added = directory.ByEmail("zara.quill@polygon.example", demo.Time.Now)!;
        Assert.Equal([FirstDeputy, SecondDeputy, added.Id], directory.Holders(Role.DeputySeniorManager, FirstSchool, demo.Time.Now).Select(person => person.Id));
        await admin.OpenAsync(Links.Setup.Changes());
        Assert.Equal(["Zara <b>Quill</b>: give a role", "Zara <b>Quill</b>: add a person"], admin.Page.Document.QuerySelectorAll(".pf-task__title").Select(WebPage.Words));
        Assert.Contains("by Wendy Harcombe-Lisle", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Equal("Deputy senior manager at Quillmoor Academy, asked as number 3before: nothing", WebPage.Words(admin.Page.Document.QuerySelector("main dd")!));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_entered_stays()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.NewPerson());
        await admin.Page.Form("Add this person").Fill("Email address", "not an address").Fill("Work telephone", "none").Choose("Sandlebrook School").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, admin.Page.Status);
        Assert.EndsWith("Enter the name", admin.Page.ErrorBeside("name"), StringComparison.Ordinal);
        Assert.Contains("correct format", admin.Page.ErrorBeside("email"), StringComparison.Ordinal);
        Assert.Contains("must be a telephone number", admin.Page.ErrorBeside("telephone"), StringComparison.Ordinal);
        Assert.Equal(["not an address", "none", SecondSchool], admin.Page.Form("Add this person").Fields.Where(f => f.Key is "email" or "telephone" or "schools").Select(f => f.Value));

        await admin.Page.Form("Add this person").Fill("Name", "Second Alice").Fill("Email address", "Alice.Penhallick@polygon.example").Fill("Work telephone", "").SubmitAsync();
        Assert.Contains("Somebody else here has this email address", admin.Page.ErrorBeside("email"), StringComparison.Ordinal);
        Assert.Equal(Create().People.Count, (await demo.Get<DirectoryStore>().RequireAsync()).People.Count);
    }

    [Theory]
    [InlineData("Senior manager", "The whole trust", "", "school", "This role is held at a school. Choose one")]
    [InlineData("Administrator", "Quillmoor Academy", "", "school", "This role is held for the whole trust")]
    [InlineData("Senior manager", "Quillmoor Academy", "first", "order", "The number must be a whole number from 0 to 99")]
    [InlineData("Senior manager", "Quillmoor Academy", "100", "order", "The number must be a whole number from 0 to 99")]
    public async Task A_role_that_cannot_be_held_like_that_is_refused(string role, string where, string order, string field, string message)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Person(Teacher));
        await admin.Page.Form("Give this role").Choose(role, "Role").Choose(where, "Where?").Fill("Asked as number (optional)", order).SubmitAsync();
        Assert.EndsWith(message, admin.Page.ErrorBeside(field), StringComparison.Ordinal);
        Assert.Equal(Role.StaffMember, Assert.Single((await demo.Get<DirectoryStore>().RequireAsync()).Person(Teacher)!.Roles).Role);
    }

    [Fact]
    public async Task Roles_that_no_page_offers_and_ones_own_are_refused_whatever_is_posted()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Person(Administrator));
        Assert.Contains("Another administrator changes them", admin.Page.MainText, StringComparison.Ordinal);
        var token = await admin.TokenAsync();
        await admin.PostAsync(Links.Setup.GiveRole(Administrator), [new("_token", token), new("role", "Dsl"), new("school", FirstSchool)]);
        Assert.Equal("You cannot do this to yourself. Ask another administrator", Assert.Single(admin.Page.Errors));
        await admin.PostAsync(Links.Setup.Leave(Administrator), [new("_token", token), new("when", "now")]);
        Assert.Equal("You cannot do this to yourself. Ask another administrator", Assert.Single(admin.Page.Errors));
        await admin.PostAsync(Links.Setup.GiveRole(Teacher), [new("_token", token), new("role", "Inspector"), new("school", "trust")]);
        Assert.Equal("Choose a role", Assert.Single(admin.Page.Errors));
        await admin.PostAsync(Links.Setup.GiveRole(Teacher), [new("_token", token), new("role", "Dsl"), new("school", "s-999")]);
        Assert.Equal("Choose a school, or the whole trust", Assert.Single(admin.Page.Errors));
        Assert.Empty((await demo.Get<ConfigurationLog>().ListAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task A_role_is_taken_and_taking_it_twice_is_no_error()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Person(Manager));
        var form = admin.Page.Form("Take this role away: Senior manager at Quillmoor Academy");
        await form.SubmitAsync();
        await form.SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, admin.Page.Status);
        Assert.Empty((await demo.Get<DirectoryStore>().RequireAsync()).Person(Manager)!.Roles);
        await admin.OpenAsync(Links.Setup.Home());
        Assert.Contains("Senior manager: nobody holds it", admin.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_is_out_that_minute_and_their_task_is_the_next_ones()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var manager = await demo.AsAsync(Manager);
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Person(Manager));
        await admin.Page.FollowAsync("Note that Ruth Ashdown leaves");
        Assert.Contains("they hold 1 task now", admin.Page.MainText, StringComparison.Ordinal);
        await admin.Page.Form("Note that they leave").SubmitAsync();
        Assert.EndsWith("Choose when", admin.Page.ErrorBeside("when"), StringComparison.Ordinal);
        await admin.Page.Form("Note that they leave").Choose("Now").SubmitAsync();
        Assert.Contains("Left", admin.Page.MainText, StringComparison.Ordinal);

        Assert.Equal(Links.SignIn.Start(), (await manager.OpenAsync(Links.Dashboard.Home())).Path);
        var task = Assert.Single(await demo.TasksAsync(reference), t => t.IsOpen);
        Assert.Equal(FirstDeputy, Assert.Single(task.CurrentHolders).PersonKey);

        await admin.OpenAsync(Links.Setup.Person(Manager));
        await admin.Page.Form("They are back").SubmitAsync();
        Assert.True((await demo.Get<DirectoryStore>().RequireAsync()).Person(Manager)!.IsHere(demo.Time.Now));
    }

    [Fact]
    public async Task Whoever_leaves_later_works_until_then()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var teacher = await demo.AsAsync(Teacher);
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Leave(Teacher));
        var at = demo.Time.Now.AddHours(3);
        var form = admin.Page.Form("Note that they leave").Choose("At a date and time");
        foreach (var (name, value) in DateTimeField.Values("at", at)) form.Set(name, value);
        await form.SubmitAsync();
        Assert.Equal(at, (await demo.Get<DirectoryStore>().RequireAsync()).Person(Teacher)!.LeavesAt);

        await demo.AtAsync(2.9);
        Assert.Equal(Links.Dashboard.Home(), (await teacher.OpenAsync(Links.Dashboard.Home())).Path);
        await demo.AtAsync(3);
        Assert.Equal(Links.SignIn.Start(), (await teacher.OpenAsync(Links.Dashboard.Home())).Path);
    }

    [Fact]
    public async Task While_somebody_is_away_their_substitute_is_asked()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Person(Manager));
        var form = admin.Page.Form("Note this absence").Choose("Peter Hollinsby", "Who stands in?");
        foreach (var (name, value) in DateTimeField.Values("from", demo.Time.Now)) form.Set(name, value);
        foreach (var (name, value) in DateTimeField.Values("to", demo.Time.Now.AddHours(-1))) form.Set(name, value);
        await form.SubmitAsync();
        Assert.EndsWith("When they are back must be after they go away", admin.Page.ErrorBeside("to"), StringComparison.Ordinal);
        form = admin.Page.Form("Note this absence");
        foreach (var (name, value) in DateTimeField.Values("to", demo.Time.Now.AddDays(2))) form.Set(name, value);
        await form.SubmitAsync();
        Assert.Contains("Peter Hollinsby stands in", admin.Page.MainText, StringComparison.Ordinal);

        var reference = await demo.ReportAsync();
        Assert.Equal((Substitute, Manager), Assert.Single(Assert.Single(await demo.TasksAsync(reference), t => t.IsOpen).Holders) is var holder ? (holder.PersonKey, holder.OnBehalfOf) : default);
        await admin.OpenAsync(Links.Setup.Home());
        Assert.Contains("Ruth Ashdown until", admin.Page.MainText, StringComparison.Ordinal);
        await admin.OpenAsync(Links.Setup.Person(Manager));
        var back = admin.Page.Document.QuerySelectorAll("main button").Select(WebPage.Words).Single(text => text.StartsWith("Back now", StringComparison.Ordinal));
        await demo.AtAsync(1);
        await admin.Page.Form(back).SubmitAsync();
        Assert.DoesNotContain("stands in", WebPage.Words(admin.Page.Document.QuerySelector("#away ~ ul")!), StringComparison.Ordinal);
        Assert.Null((await demo.Get<DirectoryStore>().RequireAsync()).AbsenceOf(Manager, demo.Time.Now));
    }

    [Fact]
    public async Task Thousands_of_people_are_found_by_words_and_school_and_shown_page_by_page()
    {
        await using var demo = await TestProgram.DemonstrationAsync(new()
        {
            Directory = seed => new TrustDirectory(
                seed.Settings, seed.Schools, [.. seed.People, .. Enumerable.Range(1, 120).Select(n => new Person { Id = $"p-9{n:D3}", Name = $"Robin Many {n:D3}", SchoolIds = [SecondSchool] })], []),
        });
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.People("robin", SecondSchool));
        Assert.Contains("120 people", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(50, admin.Page.Document.QuerySelectorAll("tbody tr").Length);
        await admin.Page.FollowAsync("Next page");
        Assert.Contains("Robin Many 051", admin.Page.MainText, StringComparison.Ordinal);
        await admin.OpenAsync(Links.Setup.People("robin", FirstSchool));
        Assert.Contains("0 people", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.OpenAsync("/set-up/people?page=-3&school=%00&q=%27")).Status);
    }

    [Fact]
    public async Task To_everybody_else_the_pages_do_not_exist()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        foreach (var person in new[] { Manager, Headteacher, Dsl, Hr, Dpo, It, TrustLead, Chair, Teacher })
        {
            using var browser = await demo.AsAsync(person);
            foreach (var address in new[] { Links.Setup.Home(), Links.Setup.People(), Links.Setup.Person(Manager), Links.Setup.Details(Manager), Links.Setup.Schools(), Links.Setup.School(FirstSchool), Links.Setup.Changes() })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(address)).Status);
            Assert.DoesNotContain("Set-up", (await browser.OpenAsync(Links.Dashboard.Home())).Html, StringComparison.Ordinal);
        }
    }
}
