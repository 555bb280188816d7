using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Serve;

namespace VoiceFunctions.LocalHost;

/// <summary>What a scraper gets of a gateway that serves.</summary>
public sealed class MetricsRouteTests
{
    private const string Key = "a-key-of-diagnostics-hunter2";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_metrics_are_there_by_their_names_for_whoever_has_the_key()
    {
        await using var served = await Served.StartAsync((SettingNames.DiagnosticsKey, Key));

        var (closed, _) = await served.GetAsync("metrics");
        await served.GetAsync("calls", Key);
        await served.GetAsync("no-such-route");
        await PlayAsync(served);
        var (status, text) = await served.GetAsync("metrics", Key);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (closed, status));
        Assert.Contains("gateway_requests_total{", text, StringComparison.Ordinal);
        Assert.Contains("endpoint=\"/calls\"", text, StringComparison.Ordinal);
        Assert.Contains("endpoint=\"none\"", text, StringComparison.Ordinal);
        Assert.Contains("method=\"GET\"", text, StringComparison.Ordinal);
        Assert.Contains("gateway_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.Contains("gateway_ws_connections_total{", text, StringComparison.Ordinal);
        Assert.Contains("status=\"connected\"", text, StringComparison.Ordinal);
        Assert.Contains("gateway_call_events_total{", text, StringComparison.Ordinal);
        Assert.Contains("event_type=\"started\"", text, StringComparison.Ordinal);
        Assert.Contains("voicefunctions_webhook_received_total{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_that_are_open_need_no_key()
    {
        await using var served = await Served.StartAsync((SettingNames.DiagnosticsKey, Key), (SettingNames.MetricsOpen, "true"));

        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync("calls")).Status);
    }

    [Fact]
    public async Task Health_tells_the_version()
    {
        await using var served = await Served.StartAsync();

        var (_, text) = await served.GetAsync("health");

        var version = typeof(HttpRouter).Assembly.GetName().Version!;
        Assert.Equal("ok", (string?)JsonNode.Parse(text)!["status"]);
        Assert.StartsWith($"{version.Major}.{version.Minor}", (string?)JsonNode.Parse(text)!["version"], StringComparison.Ordinal);
        Assert.Equal("""{"status":"ok"}""", (await served.GetAsync("healthz")).Text);
    }

    /// <summary>A call over the simulated network, until its agent is there.</summary>
    private static async Task PlayAsync(Served served)
    {
        await served.PostAsync("simulate/answered");
        await served.ToldAsync("speaks");
        while (!(await served.GetAsync("metrics", Key)).Text.Contains("status=\"connected\"", StringComparison.Ordinal))
        {
            Stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The command that serves, in this process.</summary>
    private sealed class Served : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        private readonly HttpClient http = new();
        private readonly TellingWriter output = new();
        private Task<int> running = Task.FromResult(0);

        public static async Task<Served> StartAsync(params (string Name, string Value)[] settings)
        {
            var served = new Served();
            var environment = settings.Append((ListenPlace.PortSetting, "0")).ToDictionary(set => set.Item1, set => set.Item2);
            served.running = ServeCommand.RunAsync(
                environment.GetValueOrDefault, served.output, served.output, served.stopping.Token);
            var greeting = await served.ToldAsync("VoiceFunctions on ");
            served.http.BaseAddress = new Uri(greeting.Split(' ')[^1].Trim() + "/");
            await served.ToldAsync("Ctrl-C");
            return served;
        }

        public async Task<string> ToldAsync(string words)
        {
            await foreach (var line in output.Lines.ReadAllAsync(Stop))
            {
                if (line.Contains(words, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            throw new InvalidOperationException($"It never told: {words}");
        }

        public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string? key = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(DiagnosticsAccess.HeaderName, key ?? "none");
            using var answer = await http.SendAsync(request, Stop);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }

        public async Task PostAsync(string path)
        {
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null, Stop);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await running;
            http.Dispose();
            stopping.Dispose();
            await output.DisposeAsync();
        }
    }

    private sealed class TellingWriter : StringWriter
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public ChannelReader<string> Lines => lines.Reader;

        public override void WriteLine(string? value) => lines.Writer.TryWrite(value ?? "");

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
