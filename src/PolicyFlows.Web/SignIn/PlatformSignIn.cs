namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Whether a platform in front of the program signs people in with the trust's accounts (App Service authentication with Entra ID), and says so in
/// a header. Only while it does may that header be believed: otherwise the platform passes on whatever a visitor writes into it.
/// </summary>
/// <param name="TenantId">The trust's tenant; null for no such sign-in.</param>
public sealed record PlatformSignIn(Guid? TenantId)
{
    /// <summary>The setting by which the platform says that it is on. Set by the platform alone.</summary>
    public const string EnabledSetting = "WEBSITE_AUTH_ENABLED";

    /// <summary>The setting with the trust's tenant.</summary>
    public const string TenantSetting = "PolicyFlows:SignIn:Tenant";

    /// <summary>No such sign-in: every host that does not say otherwise.</summary>
    public static PlatformSignIn Off { get; } = new((Guid?)null);

    /// <summary>People may sign in with their work account.</summary>
    public bool IsOn => TenantId is not null;

    /// <summary>Reads the two settings. Without a tenant it is off even if the platform is on: an account of just any tenant proves nothing.</summary>
    /// <exception cref="FormatException">The tenant is not an id.</exception>
    public static PlatformSignIn Of(string? enabled, string? tenant)
    {
        if (!string.Equals(enabled, "true", StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(tenant)) return Off;
        return Guid.TryParseExact(tenant.Trim(), "D", out var id) && id != Guid.Empty
            ? new(id)
            : throw new FormatException($"The application setting {TenantSetting.Replace(":", "__", StringComparison.Ordinal)} is not the id of a tenant.");
    }
}
