using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Testing;

/// <summary>Ports of this machine.</summary>
public static class Ports
{
    /// <summary>A port of 127.0.0.1 that nobody listens on now; somebody may take it between this and the listening.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
