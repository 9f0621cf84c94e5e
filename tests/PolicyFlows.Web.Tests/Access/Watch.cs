using System.Text.RegularExpressions;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Access;

/// <summary>Looks for canaries and references in every answer of a walk.</summary>
/// <param name="holders">Who holds each task: they read what its question needs.</param>
/// <param name="readers">Who reads each part on pages of the case.</param>
internal sealed partial class Watch(
    CanaryCase canary, Dictionary<(string Case, string Task), HashSet<string>> holders, Dictionary<string, string[]> readers, Func<string, bool> seesIncident, Func<string, bool> seesAlert)
{
    private readonly HashSet<(string Person, string Canary)> seen = [];
    private readonly List<string> leaks = [];

    /// <summary>Asks for one address as one person.</summary>
    public async Task LookAsync(string person, Stop stop, Func<Task<WebPage>> ask)
    {
        var page = await ask();
        if ((int)page.Status >= 500 && stop.Address != Links.Operations.Health()) leaks.Add($"{person} {stop.Address}: answered {(int)page.Status}");
        var text = Everything(page);
        foreach (var word in CanaryCase.All.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            seen.Add((person, word));
            var allowed = readers[word].Contains(person, StringComparer.Ordinal) || (stop.Task is { } task && holders[task].Contains(person));
            if (!allowed) leaks.Add($"{Name(person)} sees {word} at {stop.Address.Replace(canary.Incident, "INC", StringComparison.Ordinal)}");
        }

        if (stop.ShowsReferences) return;
        // The address that was asked for comes back in the banner of the demonstration: that tells nobody anything.
        var own = BackAddress().Replace(text, "");
        foreach (var (reference, known) in new[] { (canary.Incident, seesIncident(person)), (canary.Alert, seesAlert(person)) })
        {
            if (own.Contains(reference, StringComparison.Ordinal) && !known && !(stop.Task is { } task && holders[task].Contains(person)))
                leaks.Add($"{Name(person)} sees the reference of {(reference == canary.Alert ? "the concern" : "the incident")} at {stop.Address.Replace(canary.Incident, "INC", StringComparison.Ordinal)}");
        }
    }

    /// <summary>Nobody saw what is refused them, and everybody saw what is theirs: a walk on which nobody sees anything proves nothing.</summary>
    public void AssertSound()
    {
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Distinct()));
        Assert.Equal([], readers.SelectMany(r => r.Value.Select(person => (Person: person, Canary: r.Key))).Where(pair => !seen.Contains(pair)));
    }

    private static string Everything(WebPage page) =>
        string.Join('\n', page.Answer.Headers.Concat(page.Answer.Content.Headers).SelectMany(h => h.Value.Select(v => $"{h.Key}: {Uri.UnescapeDataString(v)}"))
            .Append(System.Text.Encoding.UTF8.GetString(page.Bytes)));

    private static string Name(string person) => person.Length == 0 ? "somebody not signed in" : person == RouteWalkTests.Receipt ? "the reporter with the code" : Create().NameOf(person);

    [GeneratedRegex("/demo/clock\\?back=[^\"]*", RegexOptions.None, 1000)]
    private static partial Regex BackAddress();
}
