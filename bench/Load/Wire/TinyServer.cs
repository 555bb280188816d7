using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoiceFunctions.Bench.Load.Wire;

/// <summary>A server with as little HTTP/1.1 as clients with kept connections need: the static responder and LiveKit.</summary>
internal sealed class TinyServer : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<string, ReadOnlyMemory<byte>, ValueTask<byte[]>> answer;
    private readonly Lock gate = new();
    private readonly HashSet<Socket> open = [];
    private bool isClosed;

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <param name="answer">Makes the whole response for a path and a body.</param>
    public TinyServer(Func<string, ReadOnlyMemory<byte>, ValueTask<byte[]>> answer)
    {
        this.answer = answer;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>A whole response.</summary>
    public static byte[] Response(string status, string type, string body) =>
        Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            listener.Dispose();
            foreach (var socket in open)
            {
                socket.Dispose();
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!isClosed)
        {
            try
            {
                var socket = await listener.AcceptAsync();
                socket.NoDelay = true;
                lock (gate)
                {
                    open.Add(socket);
                }

                _ = ServeAsync(socket);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // The listener was closed, or the client is gone again.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is var read and > 0)
            {
                filled += read;
                if (!HttpText.IsWhole(buffer.AsSpan(0, filled)))
                {
                    continue;
                }

                var body = HttpText.BodyOf(buffer.AsSpan(0, filled));
                await socket.SendAsync(await answer(PathOf(buffer.AsSpan(0, body)), buffer.AsMemory(body, filled - body)));
                filled = 0;
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The client or we have closed it.
        }
        finally
        {
            lock (gate)
            {
                open.Remove(socket);
            }

            socket.Dispose();
        }
    }

    private static string PathOf(ReadOnlySpan<byte> head)
    {
        var target = head[(head.IndexOf((byte)' ') + 1)..];
        return Encoding.ASCII.GetString(target[..target.IndexOf((byte)' ')]);
    }
}
