using System.Text.Json;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>
/// Our components against the fixtures that GOV.UK Frontend ships: the same options must give the same tree. Fixtures with options that our
/// components do not have (markup in labels, conditional questions, disabled fields, …) are left out by <see cref="FixtureOptions"/>; the table of
/// <see cref="So_many_fixtures_are_compared"/> keeps that honest.
/// </summary>
public sealed class GovukConformanceTests
{
    private static readonly Lazy<IReadOnlyList<(string Component, string Name, Mapped? Mapped, string Html)>> Fixtures = new(ReadAll);

    public static IEnumerable<TheoryDataRow<string, string>> Compared() =>
        Fixtures.Value.Where(f => f.Mapped is not null).Select(f => new TheoryDataRow<string, string>(f.Component, f.Name));

    [Theory]
    [MemberData(nameof(Compared))]
    public async Task The_markup_is_that_of_the_fixture(string component, string name)
    {
        var fixture = Fixtures.Value.First(f => f.Component == component && f.Name == name);

        var html = await Rendering.HtmlAsync(fixture.Mapped!.Component, fixture.Mapped.Parameters);

        Assert.Equal(MarkupTree.Of(fixture.Html), MarkupTree.Of(html));
    }

    [Theory]
    [InlineData("back-link", 1)]
    [InlineData("breadcrumbs", 1)]
    [InlineData("button", 31)]
    [InlineData("checkboxes", 12)]
    [InlineData("details", 5)]
    [InlineData("error-summary", 2)]
    [InlineData("file-upload", 12)]
    [InlineData("input", 32)]
    [InlineData("inset-text", 4)]
    [InlineData("notification-banner", 10)]
    [InlineData("panel", 4)]
    [InlineData("radios", 11)]
    [InlineData("select", 13)]
    [InlineData("summary-list", 14)]
    [InlineData("tag", 11)]
    [InlineData("task-list", 2)]
    [InlineData("textarea", 15)]
    [InlineData("warning-text", 5)]
    public void So_many_fixtures_are_compared(string component, int expected)
    {
        var count = Fixtures.Value.Count(f => f.Component == component && f.Mapped is not null);

        Assert.Equal(expected, count);
    }

    private static List<(string Component, string Name, Mapped? Mapped, string Html)> ReadAll()
    {
        var all = new List<(string Component, string Name, Mapped? Mapped, string Html)>();
        foreach (var (component, map) in FixtureMaps.All)
        {
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), component, "fixtures.json")));
            foreach (var fixture in file.RootElement.GetProperty("fixtures").EnumerateArray())
            {
                var options = new FixtureOptions(fixture.GetProperty("options").Clone());
                var mapped = map(options);
                all.Add((component, fixture.GetProperty("name").GetString()!, options.AllUsed ? mapped : null, fixture.GetProperty("html").GetString()!));
            }
        }

        return all;
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var components = Path.Combine(folder.FullName, "src", "PolicyFlows.Web", "node_modules", "govuk-frontend", "dist", "govuk", "components");
            if (Directory.Exists(components))
            {
                return components;
            }
        }

        throw new DirectoryNotFoundException("GOV.UK Frontend is not installed: build src/PolicyFlows.Web first.");
    }
}
