using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>One of our components with parameters.</summary>
public sealed record Mapped(Type Component, Dictionary<string, object?> Parameters)
{
    /// <summary>Starts a set of parameters.</summary>
    public static Mapped To<TComponent>() where TComponent : IComponent => new(typeof(TComponent), new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <summary>Sets a parameter; null leaves it out.</summary>
    public Mapped With(string name, object? value)
    {
        if (value is not null)
        {
            Parameters[name] = value;
        }

        return this;
    }

    /// <summary>Sets attributes beyond the parameters.</summary>
    public Mapped WithAttributes(Dictionary<string, object> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            Parameters[name] = value;
        }

        return this;
    }

    /// <summary>Text or markup as content.</summary>
    public static RenderFragment? Content(FixtureOptions options)
    {
        var (text, html) = (options.Text("text"), options.Text("html"));
        return html is not null ? builder => builder.AddMarkupContent(0, html) : text is not null ? builder => builder.AddContent(0, text) : null;
    }
}
