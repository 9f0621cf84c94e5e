using System.Globalization;
using System.Text.RegularExpressions;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>Contrast of the own colours, from the compiled style sheet (WCAG 2.2, 1.4.3 and 1.4.11).</summary>
public sealed partial class PaletteTests
{
    private static readonly Dictionary<string, string> Colours = CustomColour().Matches(EmbeddedAssets.Text("policyflows.css"))
        .DistinctBy(m => m.Groups["name"].Value).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["hex"].Value, StringComparer.Ordinal);

    [Theory]
    [InlineData("ink", "paper")]
    [InlineData("ink", "mist")]
    [InlineData("ink", "warn-tint")]
    [InlineData("ink", "bad-tint")]
    [InlineData("ink", "accent")]
    [InlineData("ink-soft", "paper")]
    [InlineData("ink-soft", "mist")]
    [InlineData("link", "paper")]
    [InlineData("link", "mist")]
    [InlineData("link", "warn-tint")]
    [InlineData("link", "bad-tint")]
    [InlineData("link-hover", "paper")]
    [InlineData("link-visited", "paper")]
    [InlineData("link-visited", "mist")]
    [InlineData("paper", "brand")]
    [InlineData("paper", "brand-dark")]
    [InlineData("paper", "good")]
    [InlineData("paper", "bad")]
    [InlineData("paper", "bad-dark")]
    [InlineData("paper", "warn")]
    [InlineData("brand-dark", "brand-tint")]
    [InlineData("brand-dark", "line")]
    [InlineData("good", "good-tint")]
    [InlineData("warn", "warn-tint")]
    [InlineData("warn", "paper")]
    [InlineData("bad", "paper")]
    [InlineData("good", "paper")]
    public void Text_stands_out_from_its_ground(string text, string ground) => Assert.InRange(Contrast(text, ground), 4.5, 21);

    [Theory]
    [InlineData("brand", "brand-tint")]
    [InlineData("good", "brand-tint")]
    [InlineData("warn", "brand-tint")]
    [InlineData("bad", "brand-tint")]
    [InlineData("accent", "brand-dark")]
    public void Shapes_stand_out_from_their_ground(string shape, string ground) => Assert.InRange(Contrast(shape, ground), 3, 21);

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_no_font_or_crest_is_named()
    {
        var css = EmbeddedAssets.Text("policyflows.css");

        Assert.DoesNotContain("url(", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@font-face", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("GDS Transport", css, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"--govuk-brand-colour:#{Colours["brand"]}", css.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(Colours[a]), Luminance(Colours[b]));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var full = hex.Length == 3 ? string.Concat(hex.Select(c => $"{c}{c}")) : hex;
        double Channel(int at)
        {
            var value = int.Parse(full.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex("--pf-(?<name>[a-z-]+):\\s*#(?<hex>[0-9a-fA-F]{6}|[0-9a-fA-F]{3})[;}]", RegexOptions.NonBacktracking)]
    private static partial Regex CustomColour();
}
