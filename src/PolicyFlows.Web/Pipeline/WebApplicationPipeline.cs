using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Demonstration;
using PolicyFlows.Web.Info;
using PolicyFlows.Web.Mail;
using PolicyFlows.Web.Report;
using PolicyFlows.Web.SignIn;
using PolicyFlows.Web.Tasks;

namespace PolicyFlows.Web.Pipeline;

/// <summary>The pages as one request delegate: the embedded server runs it directly, the Functions app from its one catch-all function.</summary>
public static class WebApplicationPipeline
{
    /// <summary>Registers what the pages need, and every feature's <see cref="IEndpointModule"/>.</summary>
    /// <param name="keysFolder">
    /// Where the keys behind cookies and form tokens are kept. Null when the host arranges it with <c>services.AddDataProtection()</c>;
    /// without either, keys live in memory or in the user's profile and forms do not survive a restart.
    /// </param>
    public static IServiceCollection AddPolicyFlowsWeb(this IServiceCollection services, DirectoryInfo? keysFolder = null)
    {
        services.AddRouting();
        services.AddRazorComponents();
        var keys = services.AddDataProtection().SetApplicationName("PolicyFlows");
        if (keysFolder is not null)
        {
            keys.PersistKeysToFileSystem(keysFolder);
        }

        services.AddAntiforgery(options =>
        {
            options.FormFieldName = FormLimits.TokenField;
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = true;
            options.Cookie.Name = "policyflows-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.IsEssential = true;
            // Lax, not Strict: a page opened from a mail must see the cookie, or it would replace it and break the forms of other windows.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        services.AddSingleton<IEndpointModule, InfoEndpoints>().AddSingleton<IEndpointModule, DeliveryHook>();
        services.AddSignIn().AddTasks();
        services.AddReporting().AddCasePages().AddProgramPages();
        return services;
    }

    /// <summary>Builds the pipeline. Call once, with the root provider of a host that sets <c>HttpContext.RequestServices</c> itself.</summary>
    public static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        // First of all: no other part ever sees a header in which somebody may have written who they are.
        app.Use(PlatformHeaders.TakeAsync);
        app.Use(LostConnections.WatchAsync);
        app.Use(SecurityHeaders.AddAsync);
        app.Use(HeadAsGet.ServeAsync);
        app.Use(ErrorPages.ServeAsync);
        app.UseRouting();
        app.Use(RunStepsAsync);
        app.Use(PostGuard.CheckAsync);
        app.UseEndpoints(routes =>
        {
            EmbeddedAssets.Map(routes);
            foreach (var module in services.GetServices<IEndpointModule>())
            {
                module.Map(routes);
            }
        });
        return app.Build();
    }

    private static async Task RunStepsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ImmutableContent>() is null)
        {
            foreach (var step in context.RequestServices.GetServices<IRequestStep>())
            {
                if (await step.BeforeAsync(context) is { } answer)
                {
                    await answer.ExecuteAsync(context);
                    return;
                }
            }
        }

        await next(context);
    }
}
