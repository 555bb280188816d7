using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Chaos;

public sealed class BalancerTests : IAsyncLifetime
{
    private readonly RealTime time = new(_ => { });
    private readonly List<PassedExchange> exchanges = [];
    private readonly List<Uri> hosts = [];
    private readonly HttpClient http = new();
    private Balancer balancer = null!;

    public async ValueTask InitializeAsync() =>
        balancer = await Balancer.StartAsync(time, () => hosts, exchanges.Add, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await balancer.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task A_request_is_passed_on_to_the_byte_and_its_answer_back_in_turn()
    {
        await using var one = await HostAsync("one");
        await using var two = await HostAsync("two");
        hosts.AddRange([one.Url, two.Url]);

        var answers = new HashSet<string> { await PostAsync("/a%2Fb?c=%20"), await PostAsync("/a%2Fb?c=%20") };

        Assert.Equal(["one /a%2Fb?c=%20 a body signed", "two /a%2Fb?c=%20 a body signed"], answers.Order(StringComparer.Ordinal));
        Assert.All(exchanges, exchange => Assert.Equal((200, false), (exchange.Answer.Status, exchange.IsForged)));
    }

    [Fact]
    public async Task Where_a_connection_is_refused_the_other_host_is_taken()
    {
        await using var living = await HostAsync("living");
        hosts.AddRange([FreeAddress(), living.Url]);

        Assert.Equal(["living", "living"], [(await PostAsync("/"))[..6], (await PostAsync("/"))[..6]]);
    }

    [Fact]
    public async Task An_exchange_that_breaks_off_is_not_repeated_and_without_hosts_there_is_none()
    {
        var requests = 0;
        await using var dying = await LoopbackServer.StartAsync(
            time,
            context =>
            {
                requests++;
                context.Abort();
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        hosts.Add(dying.Url);
        await PostAsync("/");
        hosts[0] = FreeAddress();
        await PostAsync("/");

        Assert.Equal((1, 502, 503), (requests, exchanges[0].Answer.Status, exchanges[1].Answer.Status));
    }

    [Fact]
    public async Task A_forged_request_is_marked_for_the_witness_alone()
    {
        await using var host = await HostAsync("host");
        hosts.Add(host.Url);

        await PostAsync("/", isForged: true);

        Assert.True(exchanges.Single().IsForged);
        Assert.DoesNotContain(exchanges.Single().Request.Headers, header => header.Key == Balancer.ForgedHeader);
    }

    private Task<LoopbackServer> HostAsync(string name) => LoopbackServer.StartAsync(
        time,
        async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            await context.Response.WriteAsync(
                $"{name} {target} {await body.ReadToEndAsync()} {context.Request.Headers["X-Twilio-Signature"]}");
        },
        TestContext.Current.CancellationToken);

    private async Task<string> PostAsync(string target, bool isForged = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(balancer.Url, target))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("a body")),
        };
        request.Headers.Add("X-Twilio-Signature", "signed");
        if (isForged)
        {
            request.Headers.Add(Balancer.ForgedHeader, "1");
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
