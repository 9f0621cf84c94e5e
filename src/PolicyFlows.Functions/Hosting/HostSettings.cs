using Microsoft.Extensions.Configuration;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Functions.Hosting;

/// <summary>What the host is told by its application settings (section PolicyFlows). Storage is an https address, used with the host's identity, or a connection string.</summary>
public sealed record HostSettings
{
    /// <summary>Table storage of the records.</summary>
    public required string Records { get; init; }

    /// <summary>Blob storage of evidence.</summary>
    public required string Evidence { get; init; }

    /// <summary>Blob storage of what nobody has decided about; another account without versions, soft delete and backup.</summary>
    public required string Quarantine { get; init; }

    /// <summary>Container of the keys behind cookies and form tokens: its address (of which anything behind the container is left out), or a connection string.</summary>
    public required string Keys { get; init; }

    /// <summary>Address of the Key Vault key that wraps them; null for none.</summary>
    public string? KeysKey { get; init; }

    /// <summary>At least 32 bytes in base64. A secret.</summary>
    public required string ServerKey { get; init; }

    /// <summary>Where people reach the program, without a slash at its end.</summary>
    public required string Address { get; init; }

    /// <summary>Whether App Service authentication signs people in, which the platform says by a setting of its own, and for which tenant.</summary>
    public required PlatformSignIn SignIn { get; init; }

    /// <summary>Roles that come from groups of that tenant.</summary>
    public required RoleGroups RoleGroups { get; init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">One is missing; says which, never its value.</exception>
    /// <exception cref="FormatException">One of sign-in cannot be read.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PolicyFlows");
        return new()
        {
            Records = Need("Records"), Evidence = Need("Evidence"), Quarantine = Need("Quarantine"), Keys = Need("Keys"), ServerKey = Need("ServerKey"), Address = Need("Address"),
            KeysKey = section["KeysKey"], SignIn = PlatformSignIn.Of(configuration[PlatformSignIn.EnabledSetting], configuration[PlatformSignIn.TenantSetting]), RoleGroups = Groups(),
        };

        RoleGroups Groups()
        {
            try
            {
                return RoleGroups.Parse(section["SignIn:RoleGroups"]);
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"The application setting PolicyFlows__SignIn__RoleGroups cannot be read: {wrong.Message}", wrong);
            }
        }

        string Need(string name) => section[name] switch
        {
            null or "" => throw new InvalidOperationException($"The application setting PolicyFlows__{name} is missing."),
            // What the platform could not look up may arrive as it was written, and anybody can guess that.
            ['@', 'M', 'i', 'c', 'r', 'o', 's', 'o', 'f', 't', '.', ..] => throw new InvalidOperationException($"The Key Vault reference of PolicyFlows__{name} was not resolved."),
            var value => value,
        };
    }

    /// <summary>For logs: no secret.</summary>
    public override string ToString() => Address;
}
