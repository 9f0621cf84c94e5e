using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Components;

/// <summary>What all fields share: a name, a label, a hint, and value and error from the form around them.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The form around this field (<see cref="Layout"/> and <see cref="PostForm"/> cascade it).</summary>
    [CascadingParameter] public FormState? Form { get; set; }

    /// <summary>Name of the field; also its id unless <see cref="Id"/> is given.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>Id of the element, when a page shows the same name twice.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>The question. For groups it is the legend.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>Whether the label is the h1 of the page (one thing per page).</summary>
    [Parameter] public bool Heading { get; set; }

    /// <summary>More classes of the label, such as <c>govuk-label--m</c>.</summary>
    [Parameter] public string? LabelClass { get; set; }

    /// <summary>Help below the label.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>Help with markup; instead of <see cref="Hint"/>.</summary>
    [Parameter] public RenderFragment? HintContent { get; set; }

    /// <summary>More classes of the input, such as <c>govuk-input--width-10</c>.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Ids of further descriptions.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>An error that does not come from the form.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Further attributes of the input.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>Id in effect.</summary>
    protected string IdInEffect => Id ?? Name;

    /// <summary>Error in effect, or null.</summary>
    protected string? ErrorInEffect => Error ?? Form?.ErrorOf(Name);

    /// <summary>Whether there is a hint.</summary>
    protected bool HasHint => Hint is not null || HintContent is not null;

    /// <summary>aria-describedby: given ids, hint, error; null when there are none.</summary>
    protected string? Description => Join(DescribedBy, HasHint ? IdInEffect + "-hint" : null, ErrorInEffect is null ? null : IdInEffect + "-error");

    /// <summary>The ids of a group's inputs. The first is the field's own, so that the error summary finds it; dividers count, as in GOV.UK Frontend.</summary>
    protected static IEnumerable<(Choice Choice, string Id)> Numbered(IEnumerable<Choice> choices, string id)
    {
        var number = 0;
        foreach (var choice in choices)
        {
            number += choice.Divider is null ? 1 : 2;
            yield return (choice, number == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{number}"));
        }
    }

    /// <summary>Joins classes or ids that are there; null when none is.</summary>
    protected internal static string? Join(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join(' ', parts.ToArray().Where(p => !string.IsNullOrEmpty(p)));
        return joined.Length == 0 ? null : joined;
    }
}
