using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>A platform in front of the program that signs people in with work accounts and writes whom in a header.</summary>
public static class WorkPlatform
{
    /// <summary>The header.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The trust's tenant.</summary>
    public static readonly Guid Tenant = new("11111111-2222-3333-4444-555555555555");

    /// <summary>A program behind a platform that is on.</summary>
    /// <param name="groups">Roles from groups, as the setting says them.</param>
    public static ProgramNeeds On(string? groups = null) =>
        new() { More = services => services.AddSingleton(new PlatformSignIn(Tenant)).AddSingleton(RoleGroups.Parse(groups)) };

    /// <summary>A device whose requests pass the platform.</summary>
    public static (WebBrowser Browser, PlatformHandler Platform) Device(this TestProgram site, string? principal = null)
    {
        var platform = new PlatformHandler(site.Handler(), principal);
        return (new WebBrowser(platform, TestProgram.Address), platform);
    }

    /// <summary>Claims of a member of the trust's tenant, as a version 2 token has them.</summary>
    public static Dictionary<string, object> Member(string address, Guid? account = null) => new(StringComparer.Ordinal)
    {
        ["tid"] = Tenant.ToString(), ["oid"] = (account ?? AccountOf(address)).ToString(), ["preferred_username"] = address, ["name"] = "A. Member",
    };

    /// <summary>The account id that belongs to an address in these tests.</summary>
    public static Guid AccountOf(string address) => new([.. System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(address)).Take(16)]);

    /// <summary>The header's value; a claim may have several values.</summary>
    public static string Write(Dictionary<string, object> claims, string provider = "aad") => Encode(JsonSerializer.Serialize(new
    {
        auth_typ = provider, name_typ = "name", role_typ = "roles",
        claims = claims.SelectMany(c => (c.Value as string[] ?? [(string)c.Value]).Select(val => new { typ = c.Key, val })),
    }));

    /// <summary>Base64 of anything.</summary>
    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The header's value for a member.</summary>
    public static string Of(string address) => Write(Member(address));

    /// <summary>Comes back from the platform and goes on as the person shown.</summary>
    public static async Task<WebBrowser> EnterAsync(this WebBrowser browser)
    {
        await browser.OpenAsync(Links.SignIn.Work());
        await browser.Page.Form().SubmitAsync();
        return browser;
    }
}

/// <summary>Writes the platform's headers into every request.</summary>
public sealed class PlatformHandler(HttpMessageHandler program, string? principal) : DelegatingHandler(program)
{
    /// <summary>Values of the header; none for nobody.</summary>
    public IReadOnlyList<string> Principal { get; set; } = principal is null ? [] : [principal];

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Principal.Count > 0) request.Headers.TryAddWithoutValidation(WorkPlatform.Header, Principal);
        return base.SendAsync(request, cancellationToken);
    }
}
