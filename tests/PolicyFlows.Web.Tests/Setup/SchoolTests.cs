using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Setup;

public sealed class SchoolTests
{
    [Fact]
    public async Task A_school_is_added_and_says_what_it_cannot_do_without()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.Schools());
        await admin.Page.FollowAsync("Add a school");
        await admin.Page.Form("Add this school").Fill("Name", "Quillmoor academy").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, admin.Page.Status);
        Assert.EndsWith("There is a school of this name already", admin.Page.ErrorBeside("name"), StringComparison.Ordinal);
        Assert.EndsWith("Enter the main telephone number", admin.Page.ErrorBeside("telephone"), StringComparison.Ordinal);
        await admin.Page.Form("Add this school").Fill("Name", "Wrenfield Primary").Fill("Main telephone number", "020 7946 0140").SubmitAsync();

        Assert.Equal("Wrenfield Primary", admin.Page.Heading);
        foreach (var role in new[] { "Designated safeguarding lead", "Deputy safeguarding lead", "Senior manager" })
            Assert.Contains($"{role} Missing nobody holds it", admin.Page.MainText, StringComparison.Ordinal);
        await admin.OpenAsync(Links.Setup.Home());
        Assert.Contains("Wrenfield Primary Not complete", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Sandlebrook School Complete", admin.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_is_renamed_and_the_log_says_what_it_was_called()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Setup.School(FirstSchool));
        await admin.Page.Form("Save").Fill("Name", "Quillmoor High").SubmitAsync();
        Assert.Equal("Quillmoor High", (await demo.Get<DirectoryStore>().RequireAsync()).School(FirstSchool)!.Name);
        await admin.OpenAsync(Links.Setup.Changes());
        Assert.Equal("Quillmoor Highbefore: Quillmoor Academy", WebPage.Words(admin.Page.Document.QuerySelector("main dd")!));
    }
}
