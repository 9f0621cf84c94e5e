using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>Renders one component without a page around it.</summary>
public static class Rendering
{
    /// <summary>The markup.</summary>
    public static async Task<string> HtmlAsync(Type component, IDictionary<string, object?> parameters)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>The tree of a component with the parameters of an anonymous object, inside a form if one is given.</summary>
    public static async Task<IHtmlDocument> TreeAsync<TComponent>(object parameters, FormState? form = null) where TComponent : IComponent
    {
        var named = parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters), StringComparer.Ordinal);
        RenderFragment component = builder =>
        {
            builder.OpenComponent<TComponent>(0);
            builder.AddMultipleAttributes(1, named!);
            builder.CloseComponent();
        };
        var html = await HtmlAsync(typeof(CascadingValue<FormState?>), new Dictionary<string, object?>(StringComparer.Ordinal) { ["Value"] = form, ["ChildContent"] = component });
        return await new HtmlParser().ParseDocumentAsync(html);
    }
}
