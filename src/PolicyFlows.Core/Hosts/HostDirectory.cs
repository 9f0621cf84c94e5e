using System.Reflection;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Hosts;

/// <summary>
/// Hosts by address or name. "The school's own account" is a fact about a target, not a host: the same host serves both.
/// </summary>
public sealed class HostDirectory
{
    private static readonly Lazy<HostDirectory> Seeded = new(ReadSeed);

    private readonly Dictionary<string, Host> _byId;
    private readonly Dictionary<string, Host> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Host> _byDomain = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the hosts; one with the id <see cref="Host.UnknownId"/> must be among them.</summary>
    /// <exception cref="ArgumentException">Two hosts share an id, a name or a domain, or the unknown one is missing.</exception>
    public HostDirectory(IEnumerable<Host> hosts)
    {
        All = [.. hosts];
        _byId = All.ToDictionary(host => host.Id, StringComparer.Ordinal);
        foreach (var host in All)
        {
            foreach (var name in host.Aliases.Append(host.Name).Append(host.Id).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                _byName.Add(name, host);
            }

            foreach (var domain in host.Domains)
            {
                _byDomain.Add(domain, host);
            }
        }

        Unknown = _byId.GetValueOrDefault(Host.UnknownId) ?? throw new ArgumentException("The host for unknown sites is missing.", nameof(hosts));
    }

    /// <summary>The hosts the program comes with.</summary>
    public static HostDirectory Seed => Seeded.Value;

    /// <summary>All hosts in the order of the data.</summary>
    public IReadOnlyList<Host> All { get; }

    /// <summary>Stands for every site nobody has entered.</summary>
    public Host Unknown { get; }

    /// <summary>By id; the unknown host for null or an id that is gone.</summary>
    public Host Get(string? id) => id is null ? Unknown : _byId.GetValueOrDefault(id, Unknown);

    /// <summary>By address: the host whose domain is the host name or a parent of it, the most exact first; else the unknown host.</summary>
    public Host Match(TargetAddress address)
    {
        for (var name = address.HostName; ;)
        {
            if (_byDomain.TryGetValue(name, out var host))
            {
                return host;
            }

            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                return Unknown;
            }

            name = name[(dot + 1)..];
        }
    }

    /// <summary>By platform name, former name or id, as people type it ("twitter", "X"); else the unknown host.</summary>
    public Host MatchName(string? platform) => platform is null ? Unknown : _byName.GetValueOrDefault(platform.Trim(), Unknown);

    /// <summary>By address where there is one, else by platform name: a handle alone is enough.</summary>
    public Host Match(TargetAddress? address, string? platform) =>
        address is not null && Match(address) is { Id: not Host.UnknownId } host ? host : MatchName(platform);

    internal static bool IsUnder(string hostName, string domain) =>
        hostName.Equals(domain, StringComparison.OrdinalIgnoreCase) || hostName.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static HostDirectory ReadSeed()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("hosts.seed.json")
            ?? throw new InvalidOperationException("The embedded host directory is missing.");
        using var reader = new StreamReader(stream);
        return new HostDirectory(Json.Read<List<Host>>(reader.ReadToEnd()) ?? throw new InvalidOperationException("The embedded host directory is empty."));
    }
}
