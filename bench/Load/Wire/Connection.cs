using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Bench.Load.Wire;

/// <summary>What a server answered.</summary>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="HasDial">Whether the answer dials a SIP address.</param>
internal readonly record struct Reply(int Status, bool HasDial);

/// <summary>One kept connection for one request at a time: as little HTTP/1.1 as the two sides need.</summary>
/// <param name="port">The server's port.</param>
/// <param name="idle">
/// After how much time without a request it looks whether the server has closed it, as HTTP clients do; by default a second.
/// </param>
internal sealed class Connection(Func<int> port, TimeSpan? idle = null) : IDisposable
{
    private readonly TimeSpan idle = idle ?? TimeSpan.FromSeconds(1);
    private readonly byte[] buffer = new byte[32 * 1024];
    private Socket? socket;
    private long usedAt;

    /// <summary>Sends a request and reads the whole answer. A connection that breaks is made anew by the next request.</summary>
    public async ValueTask<Reply> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            if (socket is not null && Stopwatch.GetElapsedTime(usedAt) > idle && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                Break();
            }

            usedAt = Stopwatch.GetTimestamp();
            socket ??= await ConnectAsync();
            await socket.SendAsync(request);
            var filled = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0)
                {
                    Break();
                    return default;
                }

                filled += read;
                if (HttpText.IsWhole(buffer.AsSpan(0, filled)))
                {
                    return ReplyOf(buffer.AsSpan(0, filled));
                }
            }
        }
        catch (SocketException)
        {
            Break();
            return default;
        }
        catch (ObjectDisposedException)
        {
            return default;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Break();

    private static Reply ReplyOf(ReadOnlySpan<byte> answer)
    {
        var status = (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
        return new Reply(status, answer.IndexOf("<Sip"u8) >= 0);
    }

    private async Task<Socket> ConnectAsync()
    {
        var made = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await made.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port()));
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private void Break()
    {
        socket?.Dispose();
        socket = null;
    }
}
