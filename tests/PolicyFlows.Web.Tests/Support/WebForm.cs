using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>A form being filled in. Starts with what the page has in it (hidden fields, kept values) and sends what a browser would.</summary>
public sealed class WebForm
{
    private readonly WebBrowser _browser;
    private readonly Uri _page;
    private readonly IHtmlFormElement _form;
    private readonly List<KeyValuePair<string, string>> _fields = [];
    private readonly List<(string Field, string FileName, byte[] Content, string MediaType)> _files = [];

    internal WebForm(WebBrowser browser, Uri page, IHtmlFormElement form)
    {
        (_browser, _page, _form) = (browser, page, form);
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            AddDefault(element);
        }
    }

    /// <summary>What would be sent now.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Where it goes.</summary>
    public string Action => _form.GetAttribute("action") is { Length: > 0 } action ? action : _page.AbsolutePath;

    /// <summary>Types into the field with this label.</summary>
    public WebForm Fill(string label, string value)
    {
        var element = ByLabel(label);
        Assert.True(element is IHtmlTextAreaElement or IHtmlSelectElement || element.GetAttribute("type") is not ("radio" or "checkbox" or "file"), $"'{label}' is not a text field.");
        Set(element.GetAttribute("name")!, value);
        return this;
    }

    /// <summary>Chooses a radio, a box or a list entry by its text.</summary>
    /// <param name="question">Legend or label of the group, where the same answer stands in several.</param>
    public WebForm Choose(string text, string? question = null)
    {
        if (question is not null && Labels().Where(l => WebPage.Words(l) == question).Select(Target).FirstOrDefault() is IHtmlSelectElement list)
        {
            var option = list.QuerySelectorAll("option").FirstOrDefault(o => WebPage.Words(o) == text);
            Assert.True(option is not null, $"No entry '{text}' in '{question}'.");
            Set(list.GetAttribute("name")!, option!.GetAttribute("value") ?? text);
            return this;
        }

        var element = ByLabel(text, question);
        var name = element.GetAttribute("name")!;
        var value = element.GetAttribute("value") ?? "on";
        if (element.GetAttribute("type") == "radio")
        {
            Set(name, value);
        }
        else
        {
            Assert.Equal("checkbox", element.GetAttribute("type"));
            _fields.Add(new(name, value));
        }

        return this;
    }

    /// <summary>Chooses a file for the field with this label.</summary>
    public WebForm Attach(string label, string fileName, byte[] content, string mediaType = "application/octet-stream")
    {
        var name = ByLabel(label).GetAttribute("name")!;
        _files.RemoveAll(f => f.Field == name);
        _files.Add((name, fileName, content, mediaType));
        return this;
    }

    /// <summary>Sets any field by its name, also hidden ones: for altered requests.</summary>
    public WebForm Set(string name, string value)
    {
        var at = _fields.FindIndex(f => f.Key == name);
        _fields.RemoveAll(f => f.Key == name);
        _fields.Insert(at < 0 ? _fields.Count : at, new(name, value));
        return this;
    }

    /// <summary>Takes a field out: for altered requests.</summary>
    public WebForm Without(string name)
    {
        _fields.RemoveAll(f => f.Key == name);
        return this;
    }

    /// <summary>Presses a button (the first one if none is named) and shows the next page.</summary>
    public Task<WebPage> SubmitAsync(string? button = null, bool follow = true) => _browser.SendAsync(Request(button), follow: follow);

    /// <summary>The request that pressing the button makes.</summary>
    public HttpRequestMessage Request(string? button = null)
    {
        var pressed = _form.QuerySelectorAll("button").FirstOrDefault(b => b.GetAttribute("type") != "button" && (button is null || WebPage.Words(b) == button));
        Assert.True(pressed is not null, $"No button '{button}' in the form.");
        List<KeyValuePair<string, string>> fields = [.. _fields];
        if (pressed!.GetAttribute("name") is { Length: > 0 } name)
        {
            fields.Add(new(name, pressed.GetAttribute("value") ?? ""));
        }

        Assert.Equal("post", _form.GetAttribute("method"));
        var multipart = _form.GetAttribute("enctype") == "multipart/form-data";
        Assert.True(multipart || _files.Count == 0, "The form does not carry files.");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(_page, Action)) { Content = multipart ? Multipart(fields) : new FormUrlEncodedContent(fields) };
    }

    private MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (key, value) in fields)
        {
            content.Add(new StringContent(value), key);
        }

        foreach (var empty in _form.QuerySelectorAll("input[type=file]").Select(f => f.GetAttribute("name")!).Where(n => _files.TrueForAll(f => f.Field != n)))
        {
            var part = new ByteArrayContent([]);
            part.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse($"form-data; name=\"{empty}\"; filename=\"\"");
            content.Add(part);
        }

        foreach (var file in _files)
        {
            var part = new ByteArrayContent(file.Content);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.MediaType);
            content.Add(part, file.Field, file.FileName);
        }

        return content;
    }

    private void AddDefault(IElement element)
    {
        var name = element.GetAttribute("name");
        var type = element.GetAttribute("type");
        if (name is not { Length: > 0 } || element.HasAttribute("disabled") || type is "file" or "submit")
        {
            return;
        }

        switch (element)
        {
            case IHtmlTextAreaElement area:
                _fields.Add(new(name, area.TextContent));
                break;
            case IHtmlSelectElement list:
                var chosen = list.QuerySelectorAll("option").FirstOrDefault(o => o.HasAttribute("selected")) ?? list.QuerySelector("option");
                _fields.Add(new(name, chosen?.GetAttribute("value") ?? ""));
                break;
            default:
                if (type is not ("radio" or "checkbox") || element.HasAttribute("checked"))
                {
                    _fields.Add(new(name, element.GetAttribute("value") ?? (type is "radio" or "checkbox" ? "on" : "")));
                }

                break;
        }
    }

    private IEnumerable<IElement> Labels() => _form.QuerySelectorAll("label");

    private IElement? Target(IElement label) => label.GetAttribute("for") is { } id ? _form.Owner!.GetElementById(id) : label.QuerySelector("input");

    private IElement ByLabel(string text, string? question = null)
    {
        var candidates = Labels().Where(l => WebPage.Words(l) == text).Select(Target).OfType<IElement>()
            .Where(e => question is null || (e.Closest("fieldset")?.QuerySelector("legend") is { } legend && WebPage.Words(legend) == question)).ToList();
        Assert.True(candidates.Count > 0, $"No field '{text}'{(question is null ? "" : $" in '{question}'")}. There are: {string.Join(" | ", Labels().Select(WebPage.Words))}");
        Assert.True(candidates.Count == 1, $"'{text}' labels {candidates.Count} fields; name the question.");
        return candidates[0];
    }
}
