using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoiceFunctions.Events;

/// <summary>
/// As much of a Redis server as a publisher needs: it answers the commands of the client's greeting, and notes what is published.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentQueue<(string Channel, string Text)> published = [];
    private readonly Task listening;

    public RedisServer()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<(string Channel, string Text)> Published => [.. published];

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync(over.Token));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        while (await ReadAsync(reader) is { Count: > 0 } command)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(AnswerTo(command)), over.Token);
        }
    }

    /// <summary>A command: <c>*N</c>, then for each word <c>$LENGTH</c> and so many bytes, any of which a word may hold.</summary>
    private async Task<List<string>> ReadAsync(StreamReader reader)
    {
        var words = new List<string>();
        if (await reader.ReadLineAsync(over.Token) is not ['*', .. var count])
        {
            return words;
        }

        for (var left = int.Parse(count, CultureInfo.InvariantCulture); left > 0; left--)
        {
            var length = int.Parse((await reader.ReadLineAsync(over.Token))![1..], CultureInfo.InvariantCulture);
            var word = new char[length + 2];
            await reader.ReadBlockAsync(word, over.Token);
            words.Add(new string(word, 0, length));
        }

        return words;
    }

    private string AnswerTo(List<string> command)
    {
        switch (command[0].ToUpperInvariant())
        {
            case "PUBLISH":
                published.Enqueue((command[1], command[2]));
                return ":1\r\n";
            case "PING":
                return "+PONG\r\n";
            case "ECHO":
                return $"${command[1].Length}\r\n{command[1]}\r\n";
            case "SUBSCRIBE":
                return $"*3\r\n$9\r\nsubscribe\r\n${command[1].Length}\r\n{command[1]}\r\n:1\r\n";
            case "CLIENT" when command[1].Equals("ID", StringComparison.OrdinalIgnoreCase):
                return ":7\r\n";
            case "CLIENT" or "SELECT":
                return "+OK\r\n";
            case "INFO":
                const string Info = "redis_version:7.0.0\r\nredis_mode:standalone\r\nrole:master\r\n";
                return $"${Info.Length}\r\n{Info}\r\n";
            default:
                return "-ERR unknown command\r\n";
        }
    }
}
