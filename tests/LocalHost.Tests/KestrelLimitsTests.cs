using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost;

/// <summary>What a stranger can take of the process: an answer, and nothing that lasts.</summary>
public sealed class KestrelLimitsTests : IAsyncLifetime
{
    /// <summary>Kestrel by itself waits 5 s for the rest of a body that nobody reads.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(3);

    private static readonly LiveKitKey Key = new("devkey", "a-secret-of-this-test-0123456789abcdef");

    private readonly HttpRouter gateway = new(
        [new HealthHandler(GatewayRoutes.Health), new Taking()],
        new Dictionary<RouteAccess, IAccessCheck>
        {
            [RouteAccess.LiveKit] = new LiveKitRequestVerifier(
                new LiveKitWebhookVerifier(new LiveKitKeyring(Key), TimeProvider.System),
                TimeProvider.System,
                NullLogger<LiveKitRequestVerifier>.Instance),
        },
        NullLogger<HttpRouter>.Instance);

    private KestrelHttpAdapter front = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => front = await KestrelHttpAdapter.StartAsync(0, gateway.HandleAsync, next => next, Stop);

    public ValueTask DisposeAsync() => front.DisposeAsync();

    [Theory]
    [InlineData("POST /livekit/webhook", "Content-Length: 4000000", "", 401)]
    [InlineData("POST /livekit/webhook", "Content-Length: 4000000", "the beginning of it", 401)]
    [InlineData("POST /livekit/webhook", "Transfer-Encoding: chunked", "5\r\nabcde\r\n", 401)]
    [InlineData("POST /livekit/webhook", "Content-Length: 5000000", "", 413)]
    [InlineData("POST /healthz", "Content-Length: 10", "", 405)]
    [InlineData("POST /nothing", "Content-Length: 4000000", "", 404)]
    public async Task A_refused_request_whose_body_does_not_come_is_answered_and_closed_at_once(
        string line, string length, string beginning, int status)
    {
        using var patience = new CancellationTokenSource(AtOnce, TimeProvider.System);
        using var sender = await ConnectAsync();
        await WriteAsync(sender, $"{line} HTTP/1.1\r\nHost: a\r\n{length}\r\n\r\n{beginning}");

        using var answer = new StreamReader(sender.GetStream(), Encoding.ASCII);
        var text = await answer.ReadToEndAsync(patience.Token);

        Assert.StartsWith($"HTTP/1.1 {status} ", text, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", text, StringComparison.Ordinal);
        Assert.Contains("urn:voicefunctions:problem:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_leave_to_send_gets_the_refusal_instead()
    {
        using var http = new HttpClient { BaseAddress = front.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("livekit/webhook", UriKind.Relative))
        {
            Headers = { ExpectContinue = true },
            Content = new ByteArrayContent(new byte[GatewayRoutes.LiveKitMaxBodyBytes]),
        };
        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.Unauthorized, true), (answer.StatusCode, answer.Headers.ConnectionClose));
    }

    [Fact]
    public async Task A_refused_request_whose_body_has_come_leaves_the_connection_to_the_next_one()
    {
        using var sender = await ConnectAsync();
        using var answers = new StreamReader(sender.GetStream(), Encoding.ASCII);
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync(sender, $"POST /livekit/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n{new string('x', 2000)}");

            var head = await HeadAsync(answers);

            Assert.StartsWith("HTTP/1.1 401 ", head, StringComparison.Ordinal);
            Assert.DoesNotContain("close", head, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("X-Large", 17 * 1024, 1)]
    [InlineData("X-Many", 1, 70)]
    public async Task Headers_have_a_bound(string name, int length, int count)
    {
        using var sender = await ConnectAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"{name}-{i}: {new string('x', length)}\r\n"));
        await WriteAsync(sender, $"GET /healthz HTTP/1.1\r\nHost: a\r\n{headers}\r\n");

        using var answer = new StreamReader(sender.GetStream(), Encoding.ASCII);

        Assert.StartsWith("HTTP/1.1 431 ", await answer.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connections_have_a_bound_and_those_that_are_open_go_on()
    {
        var open = new List<TcpClient>();
        try
        {
            // Each one answers before the next one comes: Kestrel counts a connection some time after it has accepted it, in no order.
            for (var i = 0; i < KestrelHttpAdapter.MaxConnections; i++)
            {
                open.Add(await ConnectAsync());
                await AnswersAsync(open[i]);
            }

            using var surplus = await ConnectAsync();
            Assert.Equal(0, await ReadAsync(surplus));

            await AnswersAsync(open[0]);
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    [Theory]
    [InlineData("GET", "healthz", HttpStatusCode.OK)]
    [InlineData("HEAD", "healthz", HttpStatusCode.OK)]
    [InlineData("POST", "livekit/webhook", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "livekit/webhook", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "nothing", HttpStatusCode.NotFound)]
    public async Task No_answer_may_be_kept_or_taken_for_another_type(string method, string path, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = front.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(["no-store"], answer.Headers.GetValues("Cache-Control"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_streamed_body_arrives_whole_and_without_a_length()
    {
        var body = "{\"of\":\"some length\"}"u8.ToArray();
        await using var streaming =
            await KestrelHttpAdapter.StartAsync(0, (request, _, _, _) => ValueTask.FromResult(Streamed(request)), next => next, Stop);
        using var http = new HttpClient { BaseAddress = streaming.Address };

        using var get = await http.GetAsync(new Uri("a", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("a", UriKind.Relative));
        using var head = await http.SendAsync(request, Stop);

        Assert.True(get.Headers.TransferEncodingChunked);
        Assert.Equal(body.Length * 1000, (await get.Content.ReadAsByteArrayAsync(Stop)).Length);
        Assert.Equal((null, "application/json"), (head.Content.Headers.ContentLength, head.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));

        GatewayResponse Streamed(GatewayRequest request)
        {
            var answer = new GatewayResponse(200, "application/json", ReadOnlyMemory<byte>.Empty)
            {
                Streamed = async (destination, stopping) =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        await destination.WriteAsync(body, stopping);
                    }
                },
            };
            return request.Method == "HEAD" ? answer.ForHead() : answer;
        }
    }

    private static async Task AnswersAsync(TcpClient connection)
    {
        await WriteAsync(connection, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        using var answer = new StreamReader(connection.GetStream(), Encoding.ASCII, leaveOpen: true);
        Assert.StartsWith("HTTP/1.1 200 ", await HeadAsync(answer), StringComparison.Ordinal);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, front.Address.Port, Stop);
        return client;
    }

    private static async Task WriteAsync(TcpClient client, string text) =>
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Stop);

    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Stop);
        }
        catch (IOException)
        {
            return 0; // Reset instead of closed.
        }
    }

    /// <summary>Reads the head of an answer and passes over its body.</summary>
    private static async Task<string> HeadAsync(StreamReader answers)
    {
        var head = new StringBuilder();
        var length = 0;
        while (await answers.ReadLineAsync(Stop) is { Length: > 0 } line)
        {
            head.AppendLine(line);
            length = line.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(line[16..], null) : length;
        }

        await answers.ReadBlockAsync(new char[length], Stop);
        return head.ToString();
    }

    private sealed class Taking : IGatewayHandler
    {
        public GatewayRoute Route => GatewayRoutes.LiveKitWebhook;

        public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GatewayResponse.Ok);
    }
}
