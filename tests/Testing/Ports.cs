using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace VoiceFunctions.Testing;

/// <summary>Ports of this machine.</summary>
public static class Ports
{
    /// <summary>Below the ports that Linux gives to outgoing connections, of which other tests open thousands.</summary>
    private const int First = 10_000;
    private const int Last = 32_000;

    /// <summary>A port of 127.0.0.1 that nobody listens on now.</summary>
    public static int Free()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(First, Last));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one.
            }
        }
    }
}
