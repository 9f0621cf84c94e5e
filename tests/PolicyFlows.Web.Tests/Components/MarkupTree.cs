using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>
/// Markup as an indented tree that is the same for markup that means the same: attributes and classes in order, white space single,
/// comments and empty text left out.
/// </summary>
public static class MarkupTree
{
    /// <summary>The tree of a fragment.</summary>
    public static string Of(string html)
    {
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html);
        var text = new StringBuilder();
        foreach (var node in document.Body!.ChildNodes)
        {
            Write(text, node, 0);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, INode node, int depth)
    {
        switch (node)
        {
            case IElement element:
                text.Append(' ', depth * 2).Append('<').Append(element.LocalName);
                foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
                {
                    text.Append(' ').Append(attribute.Name).Append("=\"").Append(Value(attribute)).Append('"');
                }

                text.Append(">\n");
                foreach (var child in element.ChildNodes)
                {
                    Write(text, child, depth + 1);
                }

                break;
            case IText { Data: var data } when Words(data).Length > 0:
                text.Append(' ', depth * 2).Append(Words(data)).Append('\n');
                break;
        }
    }

    private static string Value(IAttr attribute) => attribute.Name is "class"
        ? string.Join(' ', attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
        : Words(attribute.Value);

    private static string Words(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
