using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>What every page must be: without anything that axe finds against WCAG 2.2 AA or its own good practice, and no wider than the screen.</summary>
internal static class PageChecks
{
    // Axe in one go, and only what it finds wrong: its library would open a second page for each page.
    private static readonly string Axe = $$"""
        async () => {
          {{new BundledAxeScriptProvider().GetScript()}};
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
          const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
          return JSON.stringify({
            rules: result.passes.length,
            violations: result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html} ${n.failureSummary}`))
          })
        }
        """;

    // How far the page reaches sideways, and what a person presses that is not on it.
    private const string Measure = """
        () => {
          const wide = document.documentElement.clientWidth
          const pressed = '.govuk-button, main a, main button, main input:not([type=hidden]), main textarea, main select'
          const away = [...document.querySelectorAll(pressed)]
            .filter(e => e.checkVisibility() && !e.closest('.govuk-visually-hidden'))
            .filter(e => { const b = e.getBoundingClientRect(); return b.width === 0 || b.height === 0 || b.left < -1 || b.right > wide + 1 })
            .map(e => (e.textContent.trim() || e.name || e.tagName).slice(0, 40))
          return JSON.stringify({ reach: document.scrollingElement.scrollWidth, away })
        }
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <param name="page">The page in front.</param>
    /// <param name="withScript">A page that runs scripts and shows the same; <paramref name="page"/> itself where it does.</param>
    public static async Task RunAsync(IPage page, IPage withScript, Conditions conditions, Problems problems)
    {
        problems.Looked++;
        var found = await AskAsync<Found>(withScript, Axe);
        if (found.Rules == 0) problems.Add($"{page.Url}: axe tried no rule");
        foreach (var violation in found.Violations) problems.Add($"{page.Url}: axe {violation}");

        var measured = await AskAsync<Measured>(page, Measure);
        if (measured.Reach > conditions.Width) problems.Add($"{page.Url}: {measured.Reach} px wide on a screen of {conditions.Width}");
        foreach (var what in measured.Away) problems.Add($"{page.Url}: outside of a screen of {conditions.Width} px: {what}");
    }

    private static async Task<T> AskAsync<T>(IPage page, string script) =>
        JsonSerializer.Deserialize<T>(await page.EvaluateAsync<string>(script).WaitAsync(Deadline), JsonSerializerOptions.Web)!;

    private sealed record Found(int Rules, IReadOnlyList<string> Violations);

    private sealed record Measured(int Reach, IReadOnlyList<string> Away);
}
