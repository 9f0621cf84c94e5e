using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Report;

/// <summary>The report being written on this device. The browser holds only the key of its draft; everything typed is on the server.</summary>
internal sealed class ReportJourney(DraftStore drafts, DirectoryStore directories, BusinessClock clock)
{
    private const string Cookie = "policyflows-draft";

    // Long enough for a night and a day in between, short enough for a shared computer.
    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(3);

    public BusinessClock Clock => clock;

    public DraftStore Drafts => drafts;

    /// <summary>Key of this device's draft, or null.</summary>
    public static string? KeyOf(HttpContext context) => context.Items[Cookie] as string ?? context.Request.Cookies[Cookie];

    public Task<TrustDirectory> DirectoryAsync(HttpContext context) => directories.RequireAsync(context.RequestAborted);

    /// <summary>The draft of this device, or null.</summary>
    public Task<Draft?> DraftAsync(HttpContext context) => drafts.GetAsync(KeyOf(context), context.RequestAborted);

    /// <summary>Begins an empty draft and gives its key to the browser.</summary>
    public async Task<string> BeginAsync(HttpContext context)
    {
        var key = await drafts.BeginAsync("INC", context.RequestAborted);
        Remember(context, key);
        return key;
    }

    /// <summary>
    /// Keeps answers. Without a draft (the cookie is gone) one is begun: nothing that was typed is lost for that.
    /// </summary>
    /// <param name="form">Gets an error at <paramref name="field"/> if all answers together are more than a draft holds.</param>
    /// <returns>False when there was such an error.</returns>
    public async Task<bool> KeepAsync(HttpContext context, FormState form, string field, IReadOnlyDictionary<string, string[]> answers)
    {
        try
        {
            if (await ChangeAsync(context, KeyOf(context), answers)) return true;
            await ChangeAsync(context, await BeginAsync(context), answers);
            return true;
        }
        catch (RecordLimitException)
        {
            form.AddError(field, "This is more than one report can hold. Make it shorter; you can add the rest later on your receipt page");
            return false;
        }
    }

    /// <summary>Throws the draft of this device away.</summary>
    public async Task DiscardAsync(HttpContext context)
    {
        await drafts.DiscardAsync(KeyOf(context), context.RequestAborted);
        Forget(context);
    }

    /// <summary>Takes the key from the browser: the draft was sent or thrown away.</summary>
    public static void Forget(HttpContext context)
    {
        context.Items.Remove(Cookie);
        if (context.Request.Cookies.ContainsKey(Cookie)) context.Response.Cookies.Delete(Cookie, Options(context, null));
    }

    /// <summary>Shows a page of the journey with the draft's answers; elsewhere when there is nothing to show it with.</summary>
    public async Task<IResult> ShowAsync(HttpContext context, Func<ReportAnswers, TrustDirectory, IResult> page)
    {
        if (await DraftAsync(context) is not { } draft) return Page.Next(Links.Report.Start());
        return draft.Sent ? Page.Next(Links.Report.Sent()) : page(new ReportAnswers(draft), await DirectoryAsync(context));
    }

    /// <summary>True when the page was opened from the check page, to which it returns.</summary>
    public static bool IsChange(HttpContext context) => context.Request.Query["change"] == "1";

    private async Task<bool> ChangeAsync(HttpContext context, string? key, IReadOnlyDictionary<string, string[]> answers)
    {
        var draft = await drafts.ChangeAsync(key, d => d.Sent ? d : d with { Values = Merge(d.Values, answers) }, context.RequestAborted);
        if (draft is null) return false;
        Remember(context, key!);
        return true;
    }

    private static Dictionary<string, string[]> Merge(IReadOnlyDictionary<string, string[]> old, IReadOnlyDictionary<string, string[]> answers)
    {
        var merged = old.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        foreach (var (field, values) in answers)
        {
            if (values.Length == 0 || values is [""]) merged.Remove(field);
            else merged[field] = values;
        }

        return merged;
    }

    private static void Remember(HttpContext context, string key)
    {
        context.Items[Cookie] = key;
        context.Response.Cookies.Append(Cookie, key, Options(context, CookieLife));
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = life,
    };
}
