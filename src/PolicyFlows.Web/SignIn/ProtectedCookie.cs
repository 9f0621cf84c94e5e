using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.SignIn;

/// <summary>A cookie that only this program can write and read. One that was altered, or whose key is gone, counts as absent.</summary>
internal sealed class ProtectedCookie<T>(IDataProtectionProvider protection, string name) where T : class
{
    private readonly IDataProtector protector = protection.CreateProtector("PolicyFlows.Web.SignIn", name);

    /// <summary>The value, or null.</summary>
    public T? Read(HttpContext context)
    {
        // What this request itself has set counts before what the browser sent.
        if (context.Items.TryGetValue(name, out var mine)) return mine as T;
        if (context.Request.Cookies[name] is not { Length: > 0 and < 8000 } text) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(text));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Sets it for a time, or, without one, until the browser is closed.</summary>
    public void Write(HttpContext context, T value, TimeSpan life)
    {
        context.Items[name] = value;
        if (context.Response.HasStarted) return;
        context.Response.Cookies.Append(name, protector.Protect(JsonSerializer.Serialize(value)), Options(context, life));
    }

    /// <summary>Takes it from the browser.</summary>
    public void Clear(HttpContext context)
    {
        context.Items[name] = null;
        if (!context.Response.HasStarted && context.Request.Cookies.ContainsKey(name)) context.Response.Cookies.Delete(name, Options(context, null));
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        // Lax: a link in a mail must find the session.
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = life,
    };
}
