using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>A person with a keyboard and nothing else. Every stop on the way must be seen to have the focus, and nothing may lie over it.</summary>
public sealed class Keyboard
{
    // The look of the element and of the label that stands for it, with and without the focus; and whether it is what lies on top there.
    private const string Describe = """
        () => {
          const e = document.activeElement
          const looks = () => [e, e.nextElementSibling].filter(x => x).flatMap(x => [null, '::before'].map(part => {
            const s = getComputedStyle(x, part)
            return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderTopColor, s.borderTopWidth, s.clipPath, s.position].join()
          })).join('|')
          const box = e.getClientRects()[0]
          const top = box ? document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) : null
          const on = looks()
          e.blur()
          const off = looks()
          e.focus({ preventScroll: true })
          return JSON.stringify({
            tag: e.tagName, type: e.type ?? '', id: e.id, inMain: e.closest('main') !== null && e.tagName !== 'MAIN',
            name: (e.labels?.[0]?.innerText ?? e.innerText ?? '').trim(), question: e.closest('fieldset')?.querySelector('legend')?.innerText.trim() ?? '',
            marked: on !== off, uncovered: top !== null && (e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some(l => l.contains(top)))
          })
        }
        """;

    private const int MostStops = 80;
    private readonly Person person;
    private readonly Channel<IFileChooser> choosers = Channel.CreateUnbounded<IFileChooser>();

    /// <summary>Listens for file choosers from the start: the browser is told asynchronously that somebody does, and a key pressed at once can come before that.</summary>
    public Keyboard(Person person)
    {
        this.person = person;
        person.Page.FileChooser += (_, chooser) => choosers.Writer.TryWrite(chooser);
    }

    /// <summary>What is wrong with the stops so far.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What has the focus.</summary>
    public async Task<Stop> StopAsync() => JsonSerializer.Deserialize<Stop>(await person.Page.EvaluateAsync<string>(Describe), JsonSerializerOptions.Web)!;

    /// <summary>Presses Tab once.</summary>
    public async Task<Stop> TabAsync()
    {
        await person.Page.Keyboard.PressAsync("Tab");
        var stop = await StopAsync();
        if (stop.Tag == "BODY") return stop;
        if (!stop.Marked) Problems.Add($"{person.Path}: nobody sees that '{stop.Name}' ({stop.Tag} {stop.Id}) has the focus");
        if (!stop.Uncovered) Problems.Add($"{person.Path}: something lies over '{stop.Name}' ({stop.Tag} {stop.Id}) while it has the focus");
        return stop;
    }

    /// <summary>Tabs on until something has the focus.</summary>
    public async Task<Stop> TabToAsync(Func<Stop, bool> wanted, string what)
    {
        for (var i = 0; i < MostStops; i++)
        {
            if (await TabAsync() is var stop && wanted(stop)) return stop;
        }

        throw new InvalidOperationException($"'{what}' cannot be reached with Tab at {person.Path}.");
    }

    /// <summary>Goes to a question, and with the arrows to the answer.</summary>
    public async Task AnswerAsync(string question, string answer)
    {
        var stop = await TabToAsync(s => s.Type == "radio" && s.Question.StartsWith(question, StringComparison.Ordinal), question);
        // Space chooses the first; the arrows choose the next ones.
        await person.Page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 12 && stop.Name != answer; i++)
        {
            await person.Page.Keyboard.PressAsync("ArrowDown");
            stop = await StopAsync();
        }

        Assert.Equal(answer, stop.Name);
        Assert.True(await person.Page.EvaluateAsync<bool>("() => document.activeElement.checked"));
    }

    /// <summary>Goes to a field and types.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await TabToAsync(s => s.Tag is "INPUT" or "TEXTAREA" && s.Name.StartsWith(label, StringComparison.Ordinal), label);
        await person.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes to a list and takes an entry with the arrows.</summary>
    public async Task SelectAsync(string label, string choice)
    {
        await TabToAsync(s => s.Tag == "SELECT" && s.Name.StartsWith(label, StringComparison.Ordinal), label);
        const string Chosen = "() => document.activeElement.selectedOptions[0].text";
        for (var i = 0; i < 60 && await person.Page.EvaluateAsync<string>(Chosen) != choice; i++) await person.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(choice, await person.Page.EvaluateAsync<string>(Chosen));
    }

    /// <summary>Goes to the file field and opens the chooser.</summary>
    public async Task ChooseFileAsync(FilePayload file)
    {
        await TabToAsync(s => s.Type == "file", "the file field");
        await person.Page.Keyboard.PressAsync("Enter");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await (await choosers.Reader.ReadAsync(late.Token)).SetFilesAsync(file);
    }

    /// <summary>Goes to a button or link and presses Enter (Space works for buttons only).</summary>
    public async Task PressAsync(string name, string key = "Enter")
    {
        await TabToAsync(s => s.Tag is "A" or "BUTTON" && s.Name == name, name);
        await person.WithNextPageAsync(() => person.Page.Keyboard.PressAsync(key));
        await person.LookAsync();
    }

    /// <summary>Where the focus is.</summary>
    public sealed record Stop(string Tag, string Type, string Id, bool InMain, string Name, string Question, bool Marked, bool Uncovered);
}
