using System.Text;
using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.Components;

/// <summary>
/// What a person entered and what is wrong with it: values by field name, kept when the page is shown again, and errors in the order of the fields.
/// Fields of a page take value and error from it by their name.
/// </summary>
public sealed class FormState
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values;
    private readonly List<FormError> _errors = [];

    private FormState(Dictionary<string, IReadOnlyList<string>> values) => _values = values;

    /// <summary>Nothing entered yet.</summary>
    public static FormState Empty() => new(new(StringComparer.Ordinal));

    /// <summary>Values from a record or a draft, to start with.</summary>
    public static FormState From(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.GroupBy(v => v.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(v => Clean(v.Value))], StringComparer.Ordinal));

    /// <summary>
    /// The form of a POST, urlencoded or multipart without files. The pipeline has read it within its limits and checked its token by now.
    /// </summary>
    public static async Task<FormState> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return From(form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))));
    }

    /// <summary>The entered text: trimmed, line ends as \n, without control characters. Empty when nothing was entered.</summary>
    public string this[string field] => _values.TryGetValue(field, out var values) && values.Count > 0 ? values[0] : "";

    /// <summary>All values of a field (ticked boxes), without empty ones.</summary>
    public IReadOnlyList<string> All(string field) => _values.TryGetValue(field, out var values) ? [.. values.Where(v => v.Length > 0)] : [];

    /// <summary>Whether a field was sent at all, also empty. Says which button was pressed.</summary>
    public bool Has(string field) => _values.ContainsKey(field);

    /// <summary>Whether a radio or box with this value is chosen.</summary>
    public bool IsChosen(string field, string value) => _values.TryGetValue(field, out var values) && values.Contains(value, StringComparer.Ordinal);

    /// <summary>No errors so far.</summary>
    public bool IsValid => _errors.Count == 0;

    /// <summary>Errors in the order in which they were added; add them in the order of the fields on the page.</summary>
    public IReadOnlyList<FormError> Errors => _errors;

    /// <summary>The first error of a field, or null.</summary>
    public string? ErrorOf(string field) => _errors.Find(e => string.Equals(e.Field, field, StringComparison.Ordinal))?.Message;

    /// <summary>Says what is wrong and what to do, beside the field and in the summary.</summary>
    /// <param name="part">For a field of several parts, the one to go to ("day").</param>
    public void AddError(string field, string message, string? part = null) =>
        _errors.Add(new FormError(field, message, part is null ? field : $"{field}-{part}"));

    /// <summary>The text, with an error if it is empty.</summary>
    public string Required(string field, string message)
    {
        var value = this[field];
        if (value.Length == 0)
        {
            AddError(field, message);
        }

        return value;
    }

    /// <summary>The text, with an error if it is longer than <paramref name="characters"/>.</summary>
    /// <param name="what">The thing, as the start of a sentence: "What happened".</param>
    public string AtMost(string field, int characters, string what)
    {
        var value = this[field];
        if (value.Length > characters)
        {
            AddError(field, FormattableString.Invariant($"{what} must be {characters} characters or fewer. You entered {value.Length}."));
        }

        return value;
    }

    /// <summary>One of the offered values, or null with an error. A value that was not offered counts as none.</summary>
    public string? OneOf(string field, IEnumerable<string> offered, string message)
    {
        var value = this[field];
        if (offered.Contains(value, StringComparer.Ordinal))
        {
            return value;
        }

        AddError(field, message);
        return null;
    }

    private static string Clean(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            if (!char.IsControl(c) || c is '\n' or '\t')
            {
                text.Append(c);
            }
        }

        return text.ToString().Trim();
    }
}

/// <summary>One thing to put right.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Message">What to do, ends without a full stop only if it is not a sentence.</param>
/// <param name="Anchor">Id of the element that the summary links to.</param>
public sealed record FormError(string Field, string Message, string Anchor);
