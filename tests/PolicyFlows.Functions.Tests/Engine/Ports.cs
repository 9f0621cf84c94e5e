using System.Net;
using System.Net.Sockets;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>Ports for the engine's own server.</summary>
internal static class Ports
{
    /// <summary>One that is free now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
