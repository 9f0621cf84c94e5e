using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>How long everything takes: the trust's values, and what a school has different.</summary>
internal sealed class DurationPages(AdministratorDoor door, DirectoryDesk desk)
{
    private const string SchoolParameter = "school";

    public Task<IResult> ShowAsync(HttpContext context) => WithSchoolAsync(context, (administration, school) =>
        Task.FromResult(Page.Of<DurationsPage>(new { administration.Directory, School = school })));

    public Task<IResult> GroupAsync(string group, HttpContext context) => WithGroupAsync(group, context, (administration, school, durations) =>
        Task.FromResult(PageOf(administration, school, durations, FormOf(administration, school, durations))));

    public Task<IResult> SaveAsync(string group, HttpContext context) => WithGroupAsync(group, context, async (administration, school, durations) =>
    {
        var form = await FormState.ReadAsync(context);
        var entered = Entered(form, durations, school);
        if (form.IsValid) Weigh(form, durations, Changed(administration.Directory.Settings, school, entered).For(school?.Id));
        if (form.IsValid)
        {
            try
            {
                await desk.ChangeSettingsAsync(settings => Changed(settings, school, entered), administration.Act("change durations"), context.RequestAborted);
            }
            catch (DirectoryRuleException)
            {
                form.AddError(durations.Labels[0].Key, "These values do not go together with what a school has different, or with a change in another window. Open the page again");
            }
        }

        return form.IsValid ? Page.Next(Links.Setup.Durations(school?.Id)) : PageOf(administration, school, durations, form);
    });

    private static TrustSettings Changed(TrustSettings settings, School? school, IReadOnlyList<(DurationSetting Setting, TimeSpan? Value)> entered)
    {
        if (school is null) return settings with { Durations = entered.Aggregate(settings.Durations, (changed, row) => row.Setting.With(changed, row.Value!.Value)) };
        var own = entered.Aggregate(settings.Overrides.GetValueOrDefault(school.Id) ?? new(), (changed, row) => row.Setting.With(changed, row.Value));
        return settings with { Overrides = new Dictionary<string, SchoolOverrides>(settings.Overrides, StringComparer.Ordinal) { [school.Id] = own } };
    }

    private static List<(DurationSetting Setting, TimeSpan? Value)> Entered(FormState form, DurationGroup group, School? school)
    {
        var entered = new List<(DurationSetting, TimeSpan?)>();
        foreach (var (setting, _) in group.Settings(ofSchool: school is not null))
        {
            var text = form[setting.Name];
            var value = DurationText.Read(setting, text);
            if (value is null && (text.Length > 0 || school is null))
                form.AddError(setting.Name, setting.IsWorkingDays ? "Enter a number of days, like 2 days" : "Enter a time, like 15 minutes, 4 hours or 7 days");
            entered.Add((setting, value));
        }

        return entered;
    }

    /// <summary>Says beside each field of the group what its value breaks; a field elsewhere is named.</summary>
    private static void Weigh(FormState form, DurationGroup group, Durations durations)
    {
        foreach (var problem in DurationRules.Check(durations))
        {
            var (field, other) = group.Labels.Any(label => label.Key == problem.Setting) ? (problem.Setting, problem.Other) : (problem.Other ?? problem.Setting, problem.Setting);
            if (!group.Labels.Any(label => label.Key == field)) field = group.Labels[0].Key;
            form.AddError(field, problem switch
            {
                { Other: not null } when other == problem.Other => $"This must not be longer than \"{DurationGroup.LabelOf(other!)}\", {Words.Of(problem.Most!.Value)}",
                { Other: not null } => $"This must not be shorter than \"{DurationGroup.LabelOf(problem.Setting)}\"",
                { Most: { } most } => $"This must be {Words.Of(most)} or less",
                _ => $"This must be {Words.Of(problem.Least!.Value)} or more",
            });
        }
    }

    private static FormState FormOf(Administration administration, School? school, DurationGroup group)
    {
        var settings = administration.Directory.Settings;
        var own = school is null ? null : settings.Overrides.GetValueOrDefault(school.Id);
        return FormState.From(group.Settings(ofSchool: school is not null).Select(row => KeyValuePair.Create(
            row.Setting.Name, school is null ? DurationText.Of(row.Setting, row.Setting.Of(settings.Durations)) : row.Setting.Of(own) is { } value ? DurationText.Of(row.Setting, value) : "")));
    }

    private static IResult PageOf(Administration administration, School? school, DurationGroup group, FormState form)
    {
        var parameters = new { administration.Directory.Settings, School = school, Group = group, Form = form };
        return form.IsValid ? Page.Of<DurationGroupPage>(parameters) : Page.Invalid<DurationGroupPage>(parameters);
    }

    private Task<IResult> WithGroupAsync(string key, HttpContext context, Func<Administration, School?, DurationGroup, Task<IResult>> answer) => WithSchoolAsync(context, (administration, school) =>
        DurationGroup.All.FirstOrDefault(group => group.Key == key && group.Settings(ofSchool: school is not null).Count > 0) is { } group
            ? answer(administration, school, group)
            : Task.FromResult(Page.Error(StatusCodes.Status404NotFound)));

    private Task<IResult> WithSchoolAsync(HttpContext context, Func<Administration, School?, Task<IResult>> answer) => door.OpenAsync(context, administration =>
    {
        var id = context.Request.Query[SchoolParameter].ToString();
        var school = administration.Directory.School(id);
        return id.Length > 0 && school is null ? Task.FromResult(Page.Error(StatusCodes.Status404NotFound)) : answer(administration, school);
    });
}
