using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Samples.Workers;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Simulator.Twilio;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Samples;

/// <summary>
/// docs/first-call.md from its third step on, with the programs that it starts: the gateway, the agent, doctor. The simulator stands for
/// Twilio and for LiveKit, over their real protocols; no media server carries the agent's sound.
/// </summary>
public sealed class FirstHourTests : IAsyncLifetime
{
    private const string Number = "+15550100";
    private const string TwimlBin = "https://handler.twilio.com/twiml/EH0123456789abcdef0123456789abcdef";
    private const string Key = "a-key-of-the-first-hour";

    private readonly int port = Ports.Free();
    private readonly HttpClient http = new();
    private PhoneNetwork network = null!;
    private TwilioRestApi twilio = null!;
    private WorkerServer workers = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Uri Gateway => new($"http://127.0.0.1:{port}/");

    /// <summary>What .env says when it is filled in.</summary>
    private Dictionary<string, string> Env => new()
    {
        ["PUBLIC_URL"] = Gateway.GetLeftPart(UriPartial.Authority),
        ["LIVEKIT_HOST"] = network.LiveKit.Url.GetLeftPart(UriPartial.Authority),
        ["LIVEKIT_API_KEY"] = network.LiveKit.Key.Id,
        ["LIVEKIT_API_SECRET"] = network.LiveKit.Key.Secret,
        ["LIVEKIT_SIP_URI"] = $"sip:{network.Setup.Twilio.SipHost}",
        ["LIVEKIT_SIP_USERNAME"] = network.Setup.SipUsername,
        ["LIVEKIT_SIP_PASSWORD"] = network.Setup.SipPassword,
        ["TWILIO_ACCOUNT_SID"] = network.Setup.Twilio.AccountSid,
        ["TWILIO_AUTH_TOKEN"] = network.Setup.Twilio.AuthToken,
        ["DIAGNOSTICS_KEY"] = Key,
    };

    /// <summary>And what only a test needs: a port of its own, and Twilio's address, which is the same for everybody else.</summary>
    private Dictionary<string, string> Settings => new(Env)
    {
        ["PORT"] = $"{port}",
        ["DOCTOR_TWILIO_URL"] = twilio.Url.GetLeftPart(UriPartial.Authority),
    };

    public async ValueTask InitializeAsync()
    {
        var time = new RealTime(_ => { });
        network = await PhoneNetwork.StartAsync(time, new PhoneNetworkSetup(), Stop);
        network.LiveKit.Trunks = []; // Nobody has set anything up yet.
        twilio = await TwilioRestApi.StartAsync(time, network.Setup.Twilio, Stop);
        twilio.Numbers = [new AccountNumber("PN0123456789abcdef0123456789abcdef", Number)];
        workers = new WorkerServer(network.LiveKit);
        network.Connect(Gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        await twilio.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task Whoever_follows_the_first_call_has_all_green_lines_from_doctor_and_an_agent_that_answers()
    {
        Assert.Equal(NamesIn(".env.example").Order(StringComparer.Ordinal), Env.Keys.Order(StringComparer.Ordinal));

        // 4. Start the gateway.
        using var gateway = new GatewayProcess(Settings);
        await gateway.LineWithAsync("Ctrl-C stops", Stop);

        // 5. Start the agent.
        using var agent = StartAgent();
        try
        {
            Assert.Equal("voice-agent", await workers.Registered.WaitAsync(TimeSpan.FromMinutes(2), Stop));

            // 7. Let doctor do the rest.
            var (_, fixedText) = await RunAsync("doctor", "--fix", "--yes");
            // A TwiML Bin is made by hand, in Twilio's console.
            twilio.Numbers = [.. twilio.Numbers.Select(number => number with { VoiceFallbackUrl = TwimlBin })];
            var (status, text) = await RunAsync("doctor", "--json");
            var findings = JsonNode.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..])!["checks"]!.AsArray();
            Assert.True(status == 0, fixedText + text);
            Assert.Equal(
                ["outbound-trunk skipped"], // Only a route with a human's number needs one.
                from finding in findings where (string?)finding!["kind"] != "ok" select $"{finding!["id"]} {finding["kind"]}");

            // 8. Dial the number.
            var heard = await network.Twilio.CallAsync(new Caller("+15550101234", Number) { Stays = TimeSpan.FromSeconds(2) });
            Assert.True(heard.HeardAgent > TimeSpan.Zero, $"{heard}\n{gateway.Output}");
        }
        finally
        {
            agent.Kill(entireProcessTree: true);
        }

        var call = Assert.Single((await AskAsync("calls"))["calls"]!.AsArray());
        Assert.Equal(("caller_hangup", true), ((string?)call!["endCause"], (bool)call["agentDispatched"]!));
        Assert.Equal("yes", await ProofAsync((string?)call["callId"]));
    }

    private static IEnumerable<string> NamesIn(string file) =>
        from line in File.ReadLines(Repository.PathOf(file))
        where line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')
        select line.Split('=')[0];

    /// <summary>What <c>./run.sh agent</c> starts.</summary>
    private Process StartAgent()
    {
        var start = SamplePrograms.OfNode("start.ts", "dev");
        foreach (var (name, value) in Env)
        {
            start.Environment[name] = value;
        }

        start.Environment["AGENT_AI"] = "none";
        return Process.Start(start) ?? throw new InvalidOperationException("The agent did not start.");
    }

    private async Task<(int Status, string Text)> RunAsync(params string[] arguments)
    {
        using var process = new GatewayProcess(Settings, arguments);
        var status = await process.ExitAsync(Stop);
        return (status, process.Output);
    }

    /// <summary>Whether every promise is kept, once the room is deleted: ten seconds after the hanging up.</summary>
    private async Task<string?> ProofAsync(string? callId)
    {
        for (var looked = 0; ; looked++)
        {
            var holds = (string?)(await AskAsync($"calls/{callId}/proof"))["holds"];
            if (holds != "not_yet" || looked == 120)
            {
                return holds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        }
    }

    private async Task<JsonNode> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Gateway, path));
        request.Headers.Add("X-Diagnostics-Key", Key);
        using var answer = await http.SendAsync(request, Stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }
}
