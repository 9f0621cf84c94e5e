using System.Diagnostics.CodeAnalysis;
using AngleSharp.Dom;
using PolicyFlows.Crash;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>What the linked browser asks of a test framework; here a page that is not as expected is a broken promise.</summary>
internal static class Assert
{
    public static void True([DoesNotReturnIf(false)] bool condition, string? message = null)
    {
        if (!condition) throw new BrokenPromiseException(message ?? "A page is not as expected.");
    }

    public static void Equal(string? expected, string? actual) => True(expected == actual, $"Expected '{expected}', found '{actual}'.");

    public static IElement Single(IHtmlCollection<IElement> elements)
    {
        True(elements.Length == 1, $"Expected one element, found {elements.Length}.");
        return elements[0];
    }
}
