using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>How the options of GOV.UK Frontend's macros read as parameters of our components.</summary>
public static class FixtureMaps
{
    /// <summary>By component folder of GOV.UK Frontend.</summary>
    public static IReadOnlyDictionary<string, Func<FixtureOptions, Mapped>> All { get; } = new Dictionary<string, Func<FixtureOptions, Mapped>>(StringComparer.Ordinal)
    {
        ["back-link"] = o => Mapped.To<BackLink>().With("Href", o.Need("href")).With("Text", o.Text("text")),
        ["breadcrumbs"] = Breadcrumbs,
        ["button"] = Button,
        ["checkboxes"] = Checkboxes,
        ["details"] = o => Mapped.To<Details>().With("Summary", o.Need("summaryText")).With("Open", o.Flag("open")).With("ChildContent", Mapped.Content(o)),
        ["error-summary"] = ErrorSummary,
        ["file-upload"] = o => Field<FileUpload>(o),
        ["input"] = Input,
        ["inset-text"] = o => Mapped.To<InsetText>().With("Class", o.Text("classes")).With("ChildContent", Mapped.Content(o)),
        ["notification-banner"] = NotificationBanner,
        ["panel"] = o => Mapped.To<Panel>().With("Title", o.Need("titleText")).With("ChildContent", Mapped.Content(o)),
        ["radios"] = Radios,
        ["select"] = Select,
        ["summary-list"] = SummaryList,
        ["tag"] = Tag,
        ["task-list"] = TaskList,
        ["textarea"] = o => Field<TextArea>(o).With("Value", o.Text("value")).With("Autocomplete", o.Text("autocomplete")).With("Rows", o.Text("rows") is { } rows ? int.Parse(rows) : null),
        ["warning-text"] = WarningText,
    };

    private static Mapped Field<TField>(FixtureOptions o, string labelKey = "label") where TField : FieldBase
    {
        var label = labelKey == "fieldset" ? o.Part("fieldset")?.Part("legend") : o.Part(labelKey);
        o.Refuse(label is null);
        var hint = o.Part("hint");
        var hintHtml = hint?.Text("html");
        var name = o.Need("name");
        return Mapped.To<TField>()
            .With("Name", name)
            .With("Id", o.Text(labelKey == "fieldset" ? "idPrefix" : "id"))
            .With("Label", label?.Need("text"))
            .With("LabelClass", label?.Text("classes") ?? "")
            .With("Heading", label?.Flag("isPageHeading"))
            .With("Hint", hint?.Text("text"))
            .With("HintContent", hintHtml is null ? null : (Microsoft.AspNetCore.Components.RenderFragment)(b => b.AddMarkupContent(0, hintHtml)))
            .With("Error", o.Part("errorMessage")?.Need("text"))
            .With("Class", o.Text("classes"))
            .With("DescribedBy", o.Text("describedBy"))
            .WithAttributes(o.Attributes("attributes"));
    }

    private static Mapped Input(FixtureOptions o) => Field<TextInput>(o)
        .With("Value", o.Text("value")).With("Type", o.Text("type")).With("Autocomplete", o.Text("autocomplete")).With("Inputmode", o.Text("inputmode"))
        .With("Prefix", o.Part("prefix")?.Need("text")).With("Suffix", o.Part("suffix")?.Need("text"));

    private static Mapped Radios(FixtureOptions o)
    {
        var (choices, chosen) = Choices(o);
        o.Refuse(chosen.Count > 1);
        return Field<Radios>(o, "fieldset").With("Choices", choices).With("Value", o.Text("value") ?? chosen.FirstOrDefault());
    }

    private static Mapped Checkboxes(FixtureOptions o)
    {
        var (choices, chosen) = Choices(o);
        return Field<Checkboxes>(o, "fieldset").With("Choices", choices).With("Values", o.Texts("values") ?? chosen);
    }

    private static Mapped Select(FixtureOptions o)
    {
        var chosen = o.Text("value");
        var choices = new List<Choice>();
        foreach (var item in o.List("items"))
        {
            var value = item.Need("value");
            choices.Add(new Choice(value, item.Need("text")) { Disabled = item.Flag("disabled") });
            var selected = item.Text("selected");
            // "Not selected" against the list's own value: ours has one value for the list.
            item.Refuse(selected is "false");
            chosen = selected is "true" ? value : chosen;
        }

        return Field<Select>(o).With("Choices", choices).With("Value", chosen);
    }

    private static (List<Choice> Choices, List<string> Chosen) Choices(FixtureOptions o)
    {
        var (choices, chosen) = (new List<Choice>(), new List<string>());
        string? divider = null;
        foreach (var item in o.List("items"))
        {
            if (item.Text("divider") is { } words)
            {
                divider = words;
                continue;
            }

            var value = item.Need("value");
            choices.Add(new Choice(value, item.Need("text"), item.Part("hint")?.Need("text"))
            {
                Disabled = item.Flag("disabled"),
                Divider = divider,
                Exclusive = item.Text("behaviour") == "exclusive",
            });
            divider = null;
            if (item.Flag("checked"))
            {
                chosen.Add(value);
            }
        }

        o.Refuse(choices.Count == 0);
        return (choices, chosen);
    }

    private static Mapped Button(FixtureOptions o)
    {
        var start = o.Flag("isStartButton");
        var html = o.Text("html");
        var text = o.Text("text");
        o.Refuse(start && html is not null);
        var attributes = o.Attributes("attributes");
        if (o.Text("id") is { } id)
        {
            attributes["id"] = id;
        }

        var prevent = o.Text("preventDoubleClick");
        o.Refuse(prevent is "false");
        var href = o.Text("href");
        return Mapped.To<Button>().With("Href", href).With("Name", o.Text("name")).With("Value", o.Text("value")).With("Start", start)
            .With("PreventDoubleClick", prevent is "true").With("Class", o.Text("classes")).WithAttributes(attributes)
            .With("ChildContent", (Microsoft.AspNetCore.Components.RenderFragment)(b =>
            {
                if (html is null)
                {
                    b.AddContent(0, text);
                }
                else
                {
                    b.AddMarkupContent(0, html);
                }
            }));
    }

    private static Mapped ErrorSummary(FixtureOptions o)
    {
        o.Refuse(o.Text("titleText") != "There is a problem");
        var errors = o.List("errorList").Select(e => new FormError("", e.Need("text"), e.Need("href").TrimStart('#'))).ToList();
        o.Refuse(errors.Count == 0);
        return Mapped.To<ErrorSummary>().With("Errors", errors).With("Description", o.Text("descriptionText"));
    }

    private static Mapped SummaryList(FixtureOptions o)
    {
        var rows = o.List("rows").Select(Row).ToList();
        var card = o.Part("card");
        return Mapped.To<SummaryList>().With("Rows", rows).With("Class", o.Text("classes"))
            .With("CardTitle", card?.Part("title")?.Need("text"))
            .With("CardActions", card?.Part("actions")?.List("items").Select(Action).ToList());
    }

    private static SummaryRow Row(FixtureOptions row)
    {
        var value = row.Part("value");
        var text = value?.Text("text");
        return new SummaryRow(row.Part("key")?.Need("text") ?? "", text, value is null || text is not null ? null : Mapped.Content(value))
        {
            Actions = [.. (row.Part("actions")?.List("items") ?? []).Select(Action)],
        };
    }

    private static SummaryAction Action(FixtureOptions action) => new(action.Need("text"), action.Need("href"), action.Text("visuallyHiddenText"));

    private static Mapped Tag(FixtureOptions o)
    {
        var classes = o.Text("classes");
        o.Refuse(classes is not null && !classes.StartsWith("govuk-tag--", StringComparison.Ordinal));
        return Mapped.To<Tag>().With("Colour", classes?.Replace("govuk-tag--", "", StringComparison.Ordinal)).With("ChildContent", Mapped.Content(o));
    }

    private static Mapped TaskList(FixtureOptions o)
    {
        var items = o.List("items").Select(i =>
        {
            var status = i.Part("status");
            var tag = status?.Part("tag");
            var colour = tag?.Text("classes");
            i.Refuse(tag is not null && colour is null);
            return new TaskListItem(i.Part("title")?.Need("text") ?? "", i.Text("href"), tag?.Need("text") ?? status?.Text("text") ?? "",
                colour?.Replace("govuk-tag--", "", StringComparison.Ordinal), i.Part("hint")?.Need("text"));
        }).ToList();
        // Ours greys out what cannot be started by itself; theirs is told so by a class.
        o.Refuse(items.Exists(i => i.Href is null));
        return Mapped.To<TaskList>().With("Items", items).With("IdPrefix", o.Text("idPrefix"));
    }

    private static Mapped NotificationBanner(FixtureOptions o)
    {
        var html = o.Text("html");
        return Mapped.To<NotificationBanner>().With("Success", o.Text("type") is "success").With("Title", o.Text("titleText")).With("Text", html is null ? o.Text("text") : null)
            .With("ChildContent", html is null ? null : (Microsoft.AspNetCore.Components.RenderFragment)(b => b.AddMarkupContent(0, html)));
    }

    private static Mapped WarningText(FixtureOptions o)
    {
        o.Refuse(o.Text("iconFallbackText") is not (null or "Warning"));
        return Mapped.To<WarningText>().With("ChildContent", Mapped.Content(o));
    }

    private static Mapped Breadcrumbs(FixtureOptions o)
    {
        o.Refuse(!o.Flag("collapseOnMobile"));
        return Mapped.To<Breadcrumbs>().With("Items", o.List("items").Select(i => new Crumb(i.Need("text"), i.Text("href"))).ToList());
    }
}
