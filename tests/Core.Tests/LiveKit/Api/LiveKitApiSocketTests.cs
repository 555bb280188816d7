using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>What the real HTTP stack throws, on real sockets: the difference between "not done" and "nobody knows" rests on it.</summary>
public sealed class LiveKitApiSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_port_means_that_nothing_was_done()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal("Unavailable", await CreateDispatchAsync($"ws://127.0.0.1:{port}"));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_means_that_nothing_was_done() =>
        Assert.Equal("Unavailable", await CreateDispatchAsync("wss://livekit.invalid"));

    [Fact]
    public async Task A_server_that_speaks_no_tls_was_never_asked() =>
        Assert.Equal("Unavailable", await AgainstAsync("wss", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));

    [Theory]
    [InlineData("", "Unknown")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "Unknown")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"AD_1\"", "Unknown")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"", "Unknown")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "Unknown")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"id\":\"AD_1\"}", "Ok")]
    public async Task A_connection_that_ends_after_the_request_went_out_tells_nothing(string answer, string expected) =>
        Assert.Equal(expected, await AgainstAsync("ws", answer));

    /// <summary>A server that reads something, sends <paramref name="answer"/> and hangs up.</summary>
    private static async Task<string> AgainstAsync(string scheme, string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var calling = CreateDispatchAsync($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using (var client = await listener.AcceptTcpClientAsync(Token))
        {
            var received = new StringBuilder();
            var buffer = new byte[4096];
            while (scheme == "ws" && !received.ToString().EndsWith('}'))
            {
                received.Append(Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, Token)));
            }

            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), Token);
        }

        return await calling;
    }

    private static async Task<string> CreateDispatchAsync(string url)
    {
        Assert.True(LiveKitHost.TryParse(url, out var host));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false });
        var options = new LiveKitApiOptions { Deadline = TimeSpan.FromSeconds(20) };
        return await LiveKitApiHarness.OutcomeAsync(
            new LiveKitApi(http, host, LiveKitApiHarness.Keyring, TimeProvider.System, options), "CreateDispatch", Token);
    }
}
