using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Components;

/// <summary>One column of a <see cref="Table{TRow}"/>. The first one names the row.</summary>
public sealed record Column<TRow>(string Heading, RenderFragment<TRow> Cell, bool Numeric = false)
{
    /// <summary>A column of plain text.</summary>
    public static Column<TRow> Text(string heading, Func<TRow, string?> text, bool numeric = false) =>
        new(heading, row => builder => builder.AddContent(0, text(row)), numeric);
}
