using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Durable;
using PolicyFlows.Web.Components;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>A target as kept in a draft.</summary>
public sealed record DraftTarget(TargetKind Kind, string? Link, string? Handle, string? HostId, bool Own);

/// <summary>The answers of a draft, read by meaning.</summary>
public sealed class ReportAnswers(Draft draft)
{
    /// <summary>School, or empty.</summary>
    public string SchoolId => this[F.School];

    /// <summary>Reported for a colleague; else for oneself.</summary>
    public bool ForColleague => this[F.For] == F.Colleague;

    /// <summary>What happened, or empty.</summary>
    public string What => this[F.What];

    /// <summary>Targets in the order in which they were entered.</summary>
    public IReadOnlyList<DraftTarget> Targets => [.. All(F.Targets).Select(json => Json.Read<DraftTarget>(json)!)];

    /// <summary>"I cannot get it now".</summary>
    public bool Cannot => this[F.Cannot] == F.Yes;

    /// <summary>Whether something may be a sexual image of a child: "yes", "no" or empty.</summary>
    public string Images => this[F.Images];

    /// <summary>People of the directory who were ticked as involved.</summary>
    public IReadOnlyList<string> Named => All(F.Named);

    /// <summary>Files kept so far.</summary>
    public IReadOnlyList<DraftFile> Files => draft.Files;

    /// <summary>Which account.</summary>
    public AccountScope Account => this[F.Account] switch
    {
        "school" => AccountScope.School,
        "personal" => AccountScope.Personal,
        _ => AccountScope.Unknown,
    };

    /// <summary>The answer of a field, or empty.</summary>
    public string this[string field] => draft.Values.TryGetValue(field, out var values) && values.Length > 0 ? values[0] : "";

    /// <summary>All answers of a field.</summary>
    public IReadOnlyList<string> All(string field) => draft.Values.TryGetValue(field, out var values) ? values : [];

    /// <summary>The answers as a form shows them.</summary>
    public FormState Form() => FormState.From(draft.Values.SelectMany(v => v.Value.Select(value => KeyValuePair.Create(v.Key, value))));

    /// <summary>What is missing before it can be sent, as errors of the check page.</summary>
    public FormState Missing(TrustDirectory directory)
    {
        var form = FormState.Empty();
        if (directory.School(SchoolId) is null) form.AddError("answer-school", "Choose the school");
        if (What.Length == 0) form.AddError("answer-what", "Say what happened");
        if (Targets.Count == 0 && Files.Count == 0 && !Cannot) form.AddError("answer-where", "Enter a link or a name, add a file, or say that you cannot get it now");
        return form;
    }
}
