using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Web.Tests.Support.WorkPlatform;

namespace PolicyFlows.Web.Tests.SignIn;

/// <summary>Whom the platform's header names, and when it names nobody.</summary>
public sealed class PrincipalHeaderTests
{
    private const string Oid = "http://schemas.microsoft.com/identity/claims/objectidentifier", Tid = "http://schemas.microsoft.com/identity/claims/tenantid";
    private static readonly string ManagerMail = Steps.EmailOf(DemonstrationSeed.Manager);

    [Theory]
    [InlineData("true", "11111111-2222-3333-4444-555555555555", true)]
    [InlineData("True", " 11111111-2222-3333-4444-555555555555 ", true)]
    [InlineData("TRUE", "", false)]
    [InlineData("True", null, false)]
    [InlineData("false", "11111111-2222-3333-4444-555555555555", false)]
    [InlineData("1", "11111111-2222-3333-4444-555555555555", false)]
    [InlineData(null, "11111111-2222-3333-4444-555555555555", false)]
    public void It_is_on_when_the_platform_says_so_and_the_tenant_is_known(string? enabled, string? tenant, bool on) => Assert.Equal(on, PlatformSignIn.Of(enabled, tenant).IsOn);

    [Fact]
    public void A_tenant_that_is_no_id_stops_the_start() => Assert.Contains("PolicyFlows__SignIn__Tenant", Assert.Throws<FormatException>(() => PlatformSignIn.Of("true", "polygon.example")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_page_ever_sees_a_header_of_the_platform(bool on)
    {
        var pages = new HeaderPage();
        await using var host = await PipelineHost.StartAsync(s => { if (on) s.AddSingleton(new PlatformSignIn(Tenant)); }, pages);
        using var client = host.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        foreach (var name in new[] { Header, "x-ms-client-principal-id", "X-MS-CLIENT-PRINCIPAL-NAME", "X-MS-CLIENT-PRINCIPAL-IDP", "X-MS-TOKEN-AAD-ID-TOKEN", "X-Ms-Token-Aad-Access-Token", "X-Other" })
            request.Headers.TryAddWithoutValidation(name, Of(ManagerMail));
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
        Assert.Equal(["X-Other"], pages.Seen.Where(h => h.StartsWith("X-", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(on, pages.Account);
    }

    [Fact]
    public async Task Claims_are_read_by_their_long_names_too() => Assert.Equal(ManagerMail, await ShownAsync(Write(new(StringComparer.Ordinal)
    {
        [Tid] = Tenant.ToString(), [Oid] = Guid.NewGuid().ToString(), ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] = ManagerMail, ["upn"] = ManagerMail,
    })));

    public static TheoryData<string, string> Refused => new()
    {
        { "not base64", "{}" },
        { "not JSON", Encode("hello") },
        { "an array", Encode("[]") },
        { "no claims", Encode("{\"auth_typ\":\"aad\"}") },
        { "claims that are no list", Encode("{\"auth_typ\":\"aad\",\"claims\":7}") },
        { "a claim that is a number", Encode("{\"auth_typ\":\"aad\",\"claims\":[{\"typ\":\"oid\",\"val\":1}]}") },
        { "a claim without a value", Encode("{\"auth_typ\":\"aad\",\"claims\":[{\"typ\":\"oid\"}]}") },
        { "said twice", Encode($"{{\"auth_typ\":\"google\",\"auth_typ\":\"aad\",\"claims\":[{{\"typ\":\"tid\",\"val\":\"{Tenant}\"}},{{\"typ\":\"oid\",\"val\":\"{Guid.NewGuid()}\"}},{{\"typ\":\"upn\",\"val\":\"{ManagerMail}\"}}]}}") },
        { "deep", Encode(string.Concat(Enumerable.Repeat("[", 100))) },
        { "not UTF-8", Convert.ToBase64String([0xff, 0xfe, 0x7b, 0x7d]) },
        { "another provider", Write(Member(ManagerMail), "google") },
        { "another tenant", Write(With("tid", Guid.NewGuid().ToString())) },
        { "two tenants", Write(With("tid", new[] { Tenant.ToString(), Guid.NewGuid().ToString() })) },
        { "no tenant", Write(With("tid", "")) },
        { "no account", Write(With("oid", "")) },
        { "two accounts", Write(With("oid", new[] { Guid.NewGuid().ToString(), Guid.NewGuid().ToString() })) },
        { "two names", Write(With("preferred_username", new[] { "a@polygon.example", ManagerMail })) },
        { "huge", Write(With("filler", new string('x', 60_000))) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_believed_is_nobody_and_no_error(string what, string header)
    {
        Assert.NotEmpty(what);
        var log = new Lines();
        await using var site = await TestProgram.StartAsync(Logged(log));
        var (browser, _) = site.Device(header);
        for (var i = 0; i < 3; i++)
        {
            await browser.OpenAsync(Links.SignIn.Work());
            Assert.Equal((HttpStatusCode.OK, Links.SignIn.Start()), (browser.Page.Status, browser.Page.Path));
        }

        // Once, and nothing of its content.
        var line = Assert.Single(log.All, l => l.Contains("The platform's sign-in was not taken", StringComparison.Ordinal));
        Assert.DoesNotContain(ManagerMail, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_headers_are_nobody()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, platform) = site.Device();
        platform.Principal = [Of(ManagerMail), Of(ManagerMail)];
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.SignIn.Work())).Path);
    }

    public static TheoryData<string, string> Guests => new()
    {
        { "preferred_username", "ruth_other.example#EXT#@polygon.onmicrosoft.com" },
        { "upn", "ruth_other.example#ext#@polygon.onmicrosoft.com" },
        { "idp", "https://sts.windows.net/99999999-2222-3333-4444-555555555555/" },
        { "idp", "live.com" },
        { "http://schemas.microsoft.com/identity/claims/identityprovider", "mail" },
        { "acct", "1" },
    };

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task A_guest_is_nobody_whatever_address_they_have_unless_the_list_has_their_account(string claim, string value)
    {
        var guest = With(claim, value);
        guest["email"] = ManagerMail;
        guest["xms_edov"] = "true";
        Assert.Null(await ShownAsync(Write(guest)));
        Assert.Equal(ManagerMail, await ShownAsync(Write(guest), AccountOf(ManagerMail)));
    }

    [Fact]
    public async Task A_member_whose_home_is_named_is_a_member()
    {
        Assert.NotNull(await ShownAsync(Write(With("idp", $"https://sts.windows.net/{Tenant}/"))));
        Assert.NotNull(await ShownAsync(Write(With("idp", $"https://login.microsoftonline.com/{Tenant}/v2.0"))));
        Assert.NotNull(await ShownAsync(Write(With("acct", "0"))));
    }

    [Fact]
    public async Task A_mail_address_alone_proves_nothing_unless_the_tenant_has_verified_its_domain()
    {
        var claims = With("preferred_username", "r.ashdown@polygon.example");
        claims["email"] = ManagerMail;
        Assert.Null(await ShownAsync(Write(claims)));
        claims["xms_edov"] = "0";
        Assert.Null(await ShownAsync(Write(claims)));
        claims["xms_edov"] = "1";
        Assert.NotNull(await ShownAsync(Write(claims)));
    }

    [Fact]
    public async Task Somebody_whose_account_is_listed_is_found_by_it_and_by_nothing_else()
    {
        var account = Guid.NewGuid();
        Assert.Null(await ShownAsync(Of(ManagerMail), account));
        Assert.NotNull(await ShownAsync(Write(Member("new.name@polygon.example", account)), account));
    }

    private static ProgramNeeds Logged(Lines log) => On() with
    {
        More = services => services.AddSingleton(new PlatformSignIn(Tenant)).AddSingleton<ILoggerProvider>(log),
    };

    private static Dictionary<string, object> With(string claim, object value)
    {
        var claims = Member(ManagerMail);
        claims[claim] = value;
        return claims;
    }

    /// <summary>Mail address of the person as whom the account could go on, or null.</summary>
    private static async Task<string?> ShownAsync(string header, Guid? listed = null)
    {
        var needs = On() with
        {
            Directory = d => listed is null ? d : new(d.Settings, d.Schools, d.People.Select(p => p.Id == DemonstrationSeed.Manager ? p with { AccountId = listed } : p), d.Absences),
        };
        await using var site = await TestProgram.StartAsync(needs);
        var (browser, _) = site.Device(header);
        await browser.OpenAsync(Links.SignIn.Work());
        return browser.Page.Status == HttpStatusCode.OK && browser.Page.Html.Contains($"Continue as {DemonstrationSeed.Create().NameOf(DemonstrationSeed.Manager)}", StringComparison.Ordinal) ? ManagerMail : null;
    }

    private sealed class HeaderPage : IEndpointModule
    {
        public IReadOnlyList<string> Seen { get; private set; } = [];

        public bool Account { get; private set; }

        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/headers", (HttpContext context) =>
        {
            Seen = [.. context.Request.Headers.Keys];
            Account = PlatformHeaders.AccountOf(context) is not null;
            return Results.Ok();
        });
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
