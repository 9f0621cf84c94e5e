using AngleSharp.Dom;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Components;

public sealed class CasePartsTests
{
    [Fact]
    public async Task A_timeline_entry_says_what_when_who_and_which_clause()
    {
        var at = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.FromHours(1));

        var tree = await Rendering.TreeAsync<Timeline>(new { Entries = (IReadOnlyList<TimelineEntry>)[new(at, "Saturday at 22:00", "Report <received>", "Ada", "8.2", "One\nTwo", TimelineTone.Good)] });

        var entry = tree.QuerySelector("ol > li")!;
        Assert.Equal(["Report <received>", "Saturday at 22:00, Ada, clause 8.2", "One Two"], entry.Children.Select(WebPage.Words));
        Assert.Equal("2026-10-24T21:00:00Z", entry.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Contains("pf-timeline__entry--good", entry.ClassList);
    }

    [Fact]
    public async Task A_table_has_a_caption_headers_and_a_column_name_on_each_cell()
    {
        var tree = await Rendering.TreeAsync<Table<int>>(new
        {
            Caption = "Numbers",
            Columns = (IReadOnlyList<Column<int>>)[Column<int>.Text("Number", n => $"{n}"), Column<int>.Text("Square", n => $"{n * n}", numeric: true)],
            Rows = (IReadOnlyList<int>)[2, 3],
        });

        Assert.Equal("Numbers", tree.QuerySelector("caption")!.TextContent);
        Assert.Equal(["2", "3"], tree.QuerySelectorAll("tbody th[scope=row]").Select(WebPage.Words));
        Assert.Equal(["4", "9"], tree.QuerySelectorAll("tbody td[data-label=Square]").Select(WebPage.Words));
    }

    [Fact]
    public async Task A_text_area_keeps_a_text_that_starts_with_a_line_break()
    {
        var tree = await Rendering.TreeAsync<TextArea>(new { Name = "text", Label = "Text", Value = "\n\nfirst" });

        Assert.Equal("\n\nfirst", tree.QuerySelector("textarea")!.TextContent);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData("hour", 1)]
    public async Task A_wrong_time_marks_its_part_or_all_of_them(string? part, int marked)
    {
        var form = FormState.Empty();
        form.AddError("seen", "Wrong", part);

        var tree = await Rendering.TreeAsync<DateTimeInput>(new { Name = "seen", Label = "When" }, form);

        Assert.Equal(marked, tree.QuerySelectorAll(".govuk-input--error").Length);
        Assert.NotNull(tree.GetElementById(form.Errors[0].Anchor));
        Assert.All(tree.QuerySelector("fieldset")!.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(tree.GetElementById(id)));
    }

    [Theory]
    [InlineData(5_400, "90 minutes")]
    [InlineData(3_600, "1 hour")]
    [InlineData(172_800, "48 hours")]
    [InlineData(604_800, "7 days")]
    public void Durations_are_worded_in_their_largest_whole_unit(int seconds, string words) => Assert.Equal(words, PolicyFlows.Web.Components.Words.Of(TimeSpan.FromSeconds(seconds)));
}
