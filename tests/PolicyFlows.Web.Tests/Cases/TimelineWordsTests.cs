using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Cases;

namespace PolicyFlows.Web.Tests.Cases;

public sealed partial class TimelineWordsTests
{
    [Fact]
    public void Every_code_that_the_field_writes_has_words_and_no_words_are_left_over()
    {
        var written = Directory.EnumerateFiles(CoreFolder(), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(path => Notes().Matches(File.ReadAllText(path)).SelectMany(note => Codes().Matches(note.Value)).Select(code => code.Groups["code"].Value))
            .Concat(Passed)
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(written.Count > 30, $"Only {written.Count} codes were found: the search no longer fits the source.");
        Assert.Equal(written.Order(StringComparer.Ordinal), TimelineWords.Codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_is_said_in_words_even_without_its_facts()
    {
        foreach (var code in TimelineWords.Codes)
        {
            var entry = new PolicyFlows.Core.Cases.TimelineEntry { No = 1, At = DateTimeOffset.UnixEpoch, Code = code, PersonKey = "program", Process = "test", Previous = "", Hash = "" };
            var title = TimelineWords.Of(new TimelineFacts(entry, null, DemonstrationSeed.Create(), HostDirectory.Seed)).Title;
            Assert.DoesNotContain(code, title, StringComparison.Ordinal);
            Assert.True(char.IsUpper(title[0]) || code.StartsWith("task.", StringComparison.Ordinal), title);
        }
    }

    /// <summary>Codes that are handed to a method which notes them.</summary>
    private static readonly string[] Passed = ["engine.retried", "engine.terminated", "engine.purged"];

    private static string CoreFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "PolicyFlows.Core"));

    [GeneratedRegex("\\.Note\\([^;]*;", RegexOptions.None, 1000)]
    private static partial Regex Notes();

    [GeneratedRegex("\"(?<code>[a-z]+\\.[a-z-]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Codes();
}
