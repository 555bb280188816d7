using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tests.Time;

public sealed class VirtualTrafficTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_may_wait_on_the_clock()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        await using var server = await LoopbackServer.StartAsync(time, async context =>
        {
            await time.Delay(TimeSpan.FromSeconds(3), context.RequestAborted);
            context.Response.StatusCode = 503;
        }, Stop);
        using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));

        await time.RunAsync(async () =>
        {
            using var response = await GetAsync(client, server.Url, Stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        });

        Assert.Equal(start.AddSeconds(3), time.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_client_that_gives_up_frees_the_handler_at_that_very_instant()
    {
        for (var run = 0; run < 30; run++)
        {
            var time = new VirtualTime();
            var start = time.Clock.GetUtcNow();
            var history = new List<string>();
            void Tell(string what) =>
                history.Add(string.Create(CultureInfo.InvariantCulture, $"{(time.Clock.GetUtcNow() - start).TotalSeconds} {what}"));
            await using var server = await LoopbackServer.StartAsync(time, async context =>
            {
                try
                {
                    await time.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
                }
                catch (OperationCanceledException)
                {
                    Tell("handler freed");
                }
            }, Stop);
            using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));

            await time.RunAsync(async () =>
            {
                using var givingUp = new CancellationTokenSource(TimeSpan.FromSeconds(10), time.Clock);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(client, server.Url, givingUp.Token));
                Tell("client gave up");
                await time.Delay(TimeSpan.FromSeconds(5), Stop);
                Tell("later");
            });

            Assert.Equal(["10 handler freed", "10 client gave up", "15 later"], history);
        }
    }

    [Fact]
    public async Task A_handler_may_wait_for_work_on_the_scheduler_that_waits_on_the_clock()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        await using var server =
            await LoopbackServer.StartAsync(time, _ => time.Start(() => time.Delay(TimeSpan.FromSeconds(7), Stop)), Stop);
        using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));

        await time.RunAsync(async () => (await GetAsync(client, server.Url, Stop)).Dispose());

        Assert.Equal(start.AddSeconds(7), time.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_an_exchange_that_ended()
    {
        var time = new VirtualTime();
        Uri gone;
        await using (var server = await LoopbackServer.StartAsync(time, _ => Task.CompletedTask, Stop))
        {
            gone = server.Url;
        }

        using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));

        await time.RunAsync(async () =>
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, gone, Stop));
            await time.Delay(TimeSpan.FromSeconds(1), Stop);
        });
    }

    [Fact]
    public async Task A_server_outside_of_the_time_holds_the_clock_until_it_answers()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        var answered = start;
        await using var server = await LoopbackServer.StartAsync(
            new RealTime(_ => { }), _ => Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System), Stop);
        using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));

        await time.RunAsync(async () =>
        {
            _ = time.Delay(TimeSpan.FromSeconds(1), Stop);
            using var response = await GetAsync(client, server.Url, Stop);
            answered = time.Clock.GetUtcNow();
        });

        Assert.Equal(start, answered);
    }

    [Fact]
    public async Task Two_servers_that_call_each_other_tell_the_same_story_in_every_run()
    {
        var first = await PlayAsync();
        Assert.True(first.Count > 200, $"{first.Count}");
        for (var run = 1; run <= 60; run++)
        {
            Assert.Equal(first, await PlayAsync());
        }
    }

    /// <summary>
    /// Twenty callers at once; each request goes to and fro between two servers with waits, work on the side and clients that give up.
    /// </summary>
    private static async Task<List<string>> PlayAsync()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        var history = new List<string>();
        void Tell(string what) =>
            history.Add(string.Create(CultureInfo.InvariantCulture, $"{(time.Clock.GetUtcNow() - start).TotalMilliseconds} {what}"));
        using var client = new HttpMessageInvoker(time.Track(new SocketsHttpHandler()));
        Uri[] urls = new Uri[2];

        RequestDelegate Handler(int self) => async context =>
        {
            var caller = int.Parse(context.Request.Query["caller"]!, CultureInfo.InvariantCulture);
            var depth = int.Parse(context.Request.Query["depth"]!, CultureInfo.InvariantCulture);
            Tell($"server {self} has {caller}/{depth}");
            _ = time.Start(async () =>
            {
                await time.Delay(TimeSpan.FromMilliseconds(caller * 3 % 7), Stop);
                Tell($"side work of {caller}/{depth}");
            });
            await time.Delay(TimeSpan.FromMilliseconds((caller * 7 + depth) % 5), Stop);
            if (depth > 0)
            {
                using var inner = await GetAsync(client, new Uri(urls[1 - self], $"?caller={caller}&depth={depth - 1}"), Stop);
                Tell($"server {self} got {(int)inner.StatusCode} for {caller}/{depth}");
            }

            context.Response.StatusCode = 200 + depth;
        };

        await using var left = await LoopbackServer.StartAsync(time, Handler(0), Stop);
        await using var right = await LoopbackServer.StartAsync(time, Handler(1), Stop);
        urls[0] = left.Url;
        urls[1] = right.Url;

        async Task CallAsync(int caller)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(caller % 4 == 0 ? 6 : 1000), time.Clock);
            try
            {
                using var response = await GetAsync(client, new Uri(urls[caller % 2], $"?caller={caller}&depth=4"), patience.Token);
                Tell($"{caller} got {(int)response.StatusCode}");
            }
            catch (OperationCanceledException)
            {
                Tell($"{caller} gave up");
            }
        }

        await time.RunAsync(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(CallAsync));
            await time.Delay(TimeSpan.FromSeconds(1), Stop);
        });
        return history;
    }

    private static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker client, Uri url, CancellationToken cancellationToken) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), cancellationToken);
}
