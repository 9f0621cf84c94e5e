using System.Net;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Tasks;

public sealed class TaskFormTests
{
    private const string Manager = DemonstrationSeed.Manager;
    private static readonly string ManagerMail = Steps.EmailOf(Manager);
    private static readonly string TeacherMail = Steps.EmailOf(DemonstrationSeed.Teacher);

    public static TheoryData<TaskKind> Kinds => [.. Enum.GetValues<TaskKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_form_sent_as_it_comes_is_refused_beside_its_fields_and_changes_nothing(TaskKind kind)
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, kind);
        Assert.Empty(browser.Page.Document.QuerySelectorAll("main input[checked]"));
        var before = await site.PictureAsync(caseId);
        await browser.Page.Form().SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.NotEmpty(browser.Page.Errors);
        Assert.StartsWith("Error: ", browser.Page.Title, StringComparison.Ordinal);
        Assert.All(browser.Page.Document.QuerySelectorAll(".govuk-error-summary__list a"), a => Assert.NotNull(browser.Page.Document.GetElementById(a.GetAttribute("href")![1..])));
        Assert.Equal(before, await site.PictureAsync(caseId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Values_that_were_not_offered_are_refused(TaskKind kind)
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, kind);
        var before = await site.PictureAsync(caseId);
        var form = browser.Page.Form();
        foreach (var name in new[] { "route", "ground", "when", "outcome", "answer", "talked", "have" }) form.Set(name, "../9");
        await form.Set("reason", new string('x', 4001)).Set("note", new string('x', 4001)).Set("number", new string('x', 101)).Set("crime", new string('x', 101))
            .Set("reference", new string('x', 201)).Set("to", new string('x', 301)).Set("copy", "javascript:alert(1)").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.Equal(before, await site.PictureAsync(caseId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_good_answer_is_recorded_once_and_the_next_page_says_what_happens(TaskKind kind)
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, kind);
        var shown = browser.Page;
        var task = await site.TaskAsync(caseId, kind);
        await Answer(shown.Form(), kind).SubmitAsync();
        Assert.Equal(Links.Tasks.Done(caseId, task.Id), browser.Page.Path);
        Assert.Contains("What happens next", browser.Page.MainText, StringComparison.Ordinal);
        var answered = await site.Get<CaseStore>().NeedAsync<TaskRecord>(caseId, Rows.Task(task.Id));
        Assert.Equal(TaskState.Answered, answered.State);
        Assert.Equal(task.CurrentHolders.First().PersonKey, answered.Answer!.PersonKey);
        await site.RunAsync();

        // The same form once more, from the back button: who decided what and when, and no second answer.
        await Answer(shown.Form(), kind).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Page.Status);
        Assert.Equal("This task is over", browser.Page.Heading);
        Assert.Contains("by you on", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(answered.Answer, (await site.Get<CaseStore>().NeedAsync<TaskRecord>(caseId, Rows.Task(task.Id))).Answer);
    }

    [Fact]
    public async Task A_decision_needs_a_reason_and_a_ground_for_removal_and_keeps_what_was_entered()
    {
        await using var site = await TestProgram.StartAsync();
        var (_, browser) = await OpenAsync(site, TaskKind.Decide);
        await browser.Page.Form().Choose("Get it removed").Choose("Pupil conduct").SubmitAsync();
        Assert.Equal(["ground", "reason"], browser.Page.Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")![1..]));
        Assert.Equal(2, browser.Page.Document.QuerySelectorAll("input[name=route][checked]").Length);
    }

    [Fact]
    public async Task No_action_stands_alone()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.Decide);
        await browser.Page.Form().Choose("No action").Choose("Arrange support").Fill("Your reason", "both").SubmitAsync();
        Assert.Contains("cannot be combined", browser.Page.ErrorBeside("route"), StringComparison.Ordinal);
        Assert.Empty((await site.IncidentAsync(caseId)).Decisions);
    }

    [Fact]
    public async Task Scenario_15_two_routes_run_side_by_side()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.Decide);
        await browser.Page.Form().Choose("Get it removed").Choose("Harassment or abuse").Choose("Pupil conduct").Fill("Your reason", "A pupil's post").SubmitAsync();
        await site.RunAsync();
        Assert.True((await site.TaskAsync(caseId, TaskKind.FileRequest)).IsOpen);
        Assert.True((await site.TaskAsync(caseId, TaskKind.PupilConduct)).IsOpen);
        Assert.Equal(Manager, (await site.IncidentAsync(caseId)).ManagerKey);
    }

    [Fact]
    public async Task Without_a_link_or_handle_removal_cannot_be_chosen_and_the_page_says_what_to_do()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync(noTarget: true);
        var browser = await site.OpenAsync(ManagerMail);
        Assert.Contains("no link or handle yet", browser.Page.MainText, StringComparison.Ordinal);
        Assert.True(browser.Page.Document.QuerySelector("input[value=Takedown]")!.HasAttribute("disabled"));
        await browser.Page.Form().Set("route", "Takedown").Set("ground", "Threat").Set("reason", "x").SubmitAsync();
        Assert.Contains("no link or handle yet", browser.Page.ErrorBeside("route"), StringComparison.Ordinal);
        Assert.Empty((await site.IncidentAsync(caseId)).Decisions);
    }

    [Fact]
    public async Task Scenario_9_when_the_colleague_says_no_removal_cannot_be_chosen()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync(harmed: Everything.Colleague);
        var colleague = await site.OpenAsync(Everything.Colleague.Email!, "agreement-1");
        Assert.DoesNotContain(Steps.Canary, colleague.Page.Html, StringComparison.Ordinal);
        await colleague.Page.Form().Choose("No").SubmitAsync();
        Assert.Contains("Support is still there", colleague.Page.MainText, StringComparison.Ordinal);
        await site.RunAsync();
        var browser = await site.OpenAsync(ManagerMail);
        Assert.Contains("does not want the school to ask for removal", browser.Page.MainText, StringComparison.Ordinal);
        await browser.Page.Form().Set("route", "Takedown").Set("ground", "Threat").Set("reason", "x").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.Empty((await site.IncidentAsync(caseId)).Decisions);
    }

    [Fact]
    public async Task Scenario_5_a_substitute_is_told_for_whom_they_act_and_the_record_says_so()
    {
        await using var site = await TestProgram.StartAsync(new() { Directory = d => Trust.Away(d, Manager, DemonstrationSeed.Substitute) });
        var caseId = await site.ReportAsync();
        var browser = await site.OpenAsync(Steps.EmailOf(DemonstrationSeed.Substitute));
        Assert.Contains("on behalf of Ruth Ashdown", browser.Page.MainText, StringComparison.Ordinal);
        await browser.Page.Form().Choose("Arrange support").Fill("Your reason", "She should not wait").SubmitAsync();
        var decision = Assert.Single((await site.IncidentAsync(caseId)).Decisions);
        Assert.Equal((DemonstrationSeed.Substitute, Manager), (decision.ByKey, decision.OnBehalfOf));
    }

    [Fact]
    public async Task Scenario_13_of_twenty_decisions_at_once_exactly_one_is_made_and_the_others_read_whose_it_is()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        await site.AtAsync(5);
        var manager = await site.OpenAsync(ManagerMail);
        var deputy = await site.OpenAsync(Steps.EmailOf(DemonstrationSeed.FirstDeputy));
        var requests = Enumerable.Range(0, 10).SelectMany(i => new[]
        {
            (manager, manager.Page.Form().Choose("Arrange support").Fill("Your reason", $"manager {i}").Request()),
            (deputy, deputy.Page.Form().Choose("Conduct of staff").Fill("Your reason", $"deputy {i}").Request()),
        }).ToList();
        var answers = await Task.WhenAll(requests.Select(r => Task.Run(() => r.Item1.SendAsideAsync(r.Item2))));

        var decision = Assert.Single((await site.IncidentAsync(caseId)).Decisions);
        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.Equal(19, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a != winner), a => Assert.Contains("This task is over", a.Body, StringComparison.Ordinal));
        var other = decision.ByKey == Manager ? deputy : manager;
        await other.OpenAsync(Links.Tasks.Task(caseId, "decide-1"));
        Assert.Contains(decision.ByKey == Manager ? "decided by the senior manager, Ruth Ashdown" : "decided by the deputy senior manager, Imran Castellan", other.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_text_is_ready_and_names_nobody()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.FileRequest);
        var text = browser.Page.Document.GetElementById("request-text")!.TextContent;
        Assert.Contains(caseId, text, StringComparison.Ordinal);
        Assert.Contains(Steps.Post.Address!, text, StringComparison.Ordinal);
        Assert.Contains("senior manager", text, StringComparison.Ordinal);
        foreach (var person in DemonstrationSeed.Create().People) Assert.DoesNotContain(person.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Steps.Canary, browser.Page.Html, StringComparison.Ordinal);
        Assert.Contains("Not checked by us yet", browser.Page.MainText, StringComparison.Ordinal);
        Assert.All(browser.Page.Document.QuerySelectorAll("main a[target=_blank]"), a => Assert.Contains("noreferrer", a.GetAttribute("rel"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_time_of_sending_is_London_time_and_lies_between_the_report_and_now()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await Everything.DecidedAsync(site, IncidentRoute.Takedown);
        await site.AtAsync(3);
        var browser = await site.OpenAsync(ManagerMail, "file-01");
        foreach (var (day, hour, error) in new[] { ("24", "1", "future"), ("22", "21", "before it was reported"), ("31", "1", "no such day"), ("", "1", "missing"), ("23", "25", "0 to 23") })
        {
            await At(browser.Page.Form("Record that it was sent"), day, hour).SubmitAsync();
            Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
            Assert.Contains(error, browser.Page.ErrorBeside("at"), StringComparison.Ordinal);
        }

        await At(browser.Page.Form("Record that it was sent"), "23", "0").Fill("Reference that you were given (optional)", "RED-77").SubmitAsync();
        Assert.Contains("RED-77", browser.Page.MainText, StringComparison.Ordinal);
        var request = Assert.Single((await site.Get<CaseStore>().NeedAsync<TakedownRecord>(caseId, Rows.Takedown(1))).Requests);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), request.SentAt);

        static WebForm At(WebForm form, string day, string hour) =>
            form.Choose("At another time").Set("at-day", day).Set("at-month", "11").Set("at-year", "2026").Set("at-hour", hour).Set("at-minute", "0");
    }

    [Fact]
    public async Task A_reply_of_the_host_is_recorded_and_the_task_stays_open()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.FileRequest);
        await browser.Page.FollowAsync("The website replied or refused");
        await browser.Page.Form().SubmitAsync();
        Assert.Equal(2, browser.Page.Errors.Count);
        await browser.Page.Form().Choose("It will not remove it").Fill("The reply", "Within our rules").SubmitAsync();
        Assert.Equal("The reply is recorded", browser.Page.Heading);
        Assert.EndsWith("/done", browser.Page.Path, StringComparison.Ordinal);
        var takedown = await site.Get<CaseStore>().NeedAsync<TakedownRecord>(caseId, Rows.Takedown(1));
        Assert.True(Assert.Single(takedown.Replies).Refused);
        Assert.True((await site.TaskAsync(caseId, TaskKind.FileRequest)).IsOpen);
    }

    [Fact]
    public async Task After_sending_the_filer_can_still_record_a_refusal()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.FileRequest);
        await browser.Page.Form("Record that it was sent").Choose("Just now").SubmitAsync();
        await browser.Page.FollowAsync("record its reply");
        await browser.Page.Form().Choose("It will not remove it").Fill("The reply", "No").SubmitAsync();
        Assert.Single((await site.Get<CaseStore>().NeedAsync<TakedownRecord>(caseId, Rows.Takedown(1))).Replies);
    }

    [Fact]
    public async Task What_cannot_be_removed_needs_a_reason_and_a_second_person()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.FileRequest);
        await browser.Page.FollowAsync("It cannot be removed, because");
        await browser.Page.Form().SubmitAsync();
        Assert.NotNull(browser.Page.ErrorBeside("reason"));
        await browser.Page.Form().Fill("Why can it not be removed?", "The site is gone, the copy is abroad").SubmitAsync();
        Assert.Contains("second person", browser.Page.MainText, StringComparison.Ordinal);
        await site.RunAsync();
        var confirm = await site.TaskAsync(caseId, TaskKind.ConfirmNotRemoved);
        Assert.DoesNotContain(confirm.CurrentHolders, h => h.PersonKey == Manager);
        var second = await site.OpenAsync(Steps.EmailOf(confirm.CurrentHolders.Single().PersonKey), confirm.Id);
        Assert.Contains("The site is gone", second.Page.MainText, StringComparison.Ordinal);
        await second.Page.Form().Choose("No, the work should go on").SubmitAsync();
        Assert.NotNull(second.Page.ErrorBeside("note"));
        await second.Page.Form().Choose("Yes, it cannot be removed").SubmitAsync();
        Assert.Equal(TakedownState.NotRemoved, (await site.Get<CaseStore>().NeedAsync<TakedownRecord>(caseId, Rows.Takedown(1))).State);
    }

    [Fact]
    public async Task A_copy_found_elsewhere_becomes_a_target_of_its_own()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.CheckRemoval);
        await browser.Page.Form().Choose("It is gone").Fill("Address of a copy somewhere else (optional)", "www.facebook.com/copy?fbclid=1").SubmitAsync();
        await site.RunAsync();
        var copy = await site.Get<CaseStore>().NeedAsync<TargetRecord>(caseId, Rows.Target(2));
        Assert.Equal(("facebook", 1), (copy.HostId, copy.Parent));
        Assert.DoesNotContain("fbclid", copy.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenario_8_where_only_the_recipient_may_file_the_task_is_theirs_in_kinder_words()
    {
        await using var site = await TestProgram.StartAsync();
        await Everything.DecidedAsync(site, IncidentRoute.Takedown, new TargetOptions(Core.Hosts.TargetKind.Group, null, null, "Year 9 chat", "whatsapp", false));
        var browser = await site.OpenAsync(TeacherMail, "file-01");
        Assert.Equal("Ask the website to remove it", browser.Page.Heading);
        Assert.Contains("a colleague can sit with you", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Year 9 chat", browser.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("This concerns me", browser.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_reports_to_the_police_is_told_that_the_name_must_not_be_given()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.PoliceReport);
        Assert.Contains("agreed without their name", browser.Page.MainText, StringComparison.Ordinal);
        await browser.Page.Form().Fill("Crime reference or log number", "CR/123/26").SubmitAsync();
        Assert.Equal("CR/123/26", (await site.Get<CaseStore>().NeedAsync<PoliceRecord>(caseId, PoliceDesk.Row)).CrimeReference);
    }

    [Fact]
    public async Task Each_holder_sees_only_what_the_question_needs()
    {
        await using var site = await TestProgram.StartAsync();
        foreach (var (kind, story, reason) in new[]
        {
            (TaskKind.Decide, true, false), (TaskKind.SecondLook, true, true), (TaskKind.PoliceReport, true, true), (TaskKind.SafeguardingHandOver, true, true),
            (TaskKind.PupilConduct, false, true), (TaskKind.StaffConduct, false, true), (TaskKind.SupportArrange, false, false), (TaskKind.SupportOffer, false, false),
            (TaskKind.PoliceConsent, true, false), (TaskKind.Agreement, false, false), (TaskKind.RemoveOurselves, false, false), (TaskKind.CheckRemoval, false, false), (TaskKind.ConfirmNotRemoved, false, false),
        })
        {
            var (_, browser) = await OpenAsync(site, kind);
            Assert.True(story == browser.Page.Html.Contains(Steps.Canary, StringComparison.Ordinal), $"{kind}: story {!story}");
            Assert.True(reason == browser.Page.Html.Contains("canary-reason", StringComparison.Ordinal), $"{kind}: reason {!reason}");
        }

        var (_, alert) = await OpenAsync(site, TaskKind.AcknowledgeAlert);
        Assert.All(new[] { "canary-who", "canary-what", "canary-danger", "07700 900999" }, c => Assert.Contains(c, alert.Page.MainText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_content_is_noted_once_an_hour_beside_the_case_and_leaves_its_chain_alone()
    {
        await using var site = await TestProgram.StartAsync();
        var (caseId, browser) = await OpenAsync(site, TaskKind.Decide);
        var chain = await site.Get<CaseStore>().NeedAsync<ChainHead>(caseId, Rows.Chain);
        await browser.OpenAsync(browser.Page.Path);
        await browser.OpenAsync(browser.Page.Path);
        Assert.Equal("read|2026112222|p-101|task decide-1", Assert.Single((await site.Records.RangeAsync(caseId, "read|")).Rows).Row);
        Assert.Equal(chain, await site.Get<CaseStore>().NeedAsync<ChainHead>(caseId, Rows.Chain));
        site.Time.Business.Now += TimeSpan.FromHours(1);
        await browser.OpenAsync(browser.Page.Path);
        Assert.Equal(2, (await site.Records.RangeAsync(caseId, "read|")).Rows.Count);
    }

    [Fact]
    public async Task The_page_says_what_happens_if_nobody_answers_and_who_else_is_asked()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        await site.AtAsync(5);
        var browser = await site.OpenAsync(ManagerMail);
        Assert.Contains("Overdue", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("The deputy senior manager, Imran Castellan", browser.Page.MainText, StringComparison.Ordinal);
        var step = Assert.Single(browser.Page.Document.QuerySelectorAll(".pf-step"), s => s.TextContent.StartsWith("Mon 10:00", StringComparison.Ordinal));
        Assert.Contains("The headteacher is asked as well.", step.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        await using var site = await TestProgram.StartAsync();
        var (_, browser) = await OpenAsync(site, TaskKind.Decide);
        const string Hostile = "\"><script>alert(1)</script>\u202e\u0007";
        await browser.Page.Form().Fill("Your reason", Hostile).SubmitAsync();
        Assert.DoesNotContain("<script>alert", browser.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', browser.Page.Html);
    }

    private static async Task<(string CaseId, WebBrowser Browser)> OpenAsync(TestProgram site, TaskKind kind)
    {
        var caseId = await Everything.AskAsync(site, kind);
        var task = await site.TaskAsync(caseId, kind);
        Assert.True(task.IsOpen);
        var roster = await site.Get<CaseRosters>().OfAsync(site.Get<CaseStore>(), caseId, site.Time.Now);
        return (caseId, await site.OpenAsync(roster.Find(task.CurrentHolders.First().PersonKey)!.Email!, task.Id, caseId));
    }

    private static WebForm Answer(WebForm form, TaskKind kind) => kind switch
    {
        TaskKind.Decide or TaskKind.SecondLook => form.Choose("Arrange support").Fill("Your reason", "They should not wait"),
        TaskKind.FileRequest or TaskKind.RemoveOurselves => form.Choose("Just now"),
        TaskKind.HostingProvider => form.Fill("Which company or address did you write to?", "abuse@host.example").Choose("Just now"),
        TaskKind.CheckRemoval => form.Choose("It is gone"),
        TaskKind.ConfirmNotRemoved => form.Choose("Yes, it cannot be removed"),
        TaskKind.Agreement => form.Choose("Yes"),
        TaskKind.PoliceConsent => form.Choose("Yes, without my name"),
        TaskKind.TalkFirst => form.Choose("Yes, we have talked"),
        TaskKind.PoliceReport => form.Fill("Crime reference or log number", "CR/1"),
        TaskKind.SupportOffer => form.Choose("Yes, please"),
        TaskKind.SupportArrange => form.Choose("Support is arranged"),
        TaskKind.SupportFollowUp => form.Choose("They are managing"),
        TaskKind.PupilConduct or TaskKind.StaffConduct => form.Choose("I have taken it over"),
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => form.Choose("I have read it, and I am dealing with it"),
        TaskKind.FindSomebody => form.Fill("What did you arrange?", "The chair asks a colleague of another school"),
        TaskKind.DeliveryTrouble => form.Fill("What was wrong, and how were people told?", "Mailbox was full; told by telephone"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
