using System.Net;
using System.Net.Sockets;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Serve;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What doctor mends, whom it asks, and how it ends.</summary>
public sealed class DoctorAtWorkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_fix_and_yes_it_makes_the_trunk_and_the_rule_and_sets_the_number()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Network.LiveKit.Trunks = [.. world.Network.LiveKit.Trunks.Where(trunk => trunk.Username is null)];
        DoctorTests.Number(world, number => number with { VoiceUrl = "https://other.example/voice", StatusCallback = "" });
        world.Options = world.Options with { Fixes = true, SaysYes = true };

        var (status, findings, _) = await world.ExamineAsync();

        Assert.Equal(0, status);
        Assert.All(findings.Values, finding => Assert.Equal("ok", (string?)finding["kind"]));
        string[] mended = ["inbound-trunk", "dispatch-rule", "voice-webhook", "status-callback"];
        Assert.Equal(mended, findings.Values.Where(finding => finding["mended"] is not null).Select(finding => (string?)finding["id"]));
        Assert.Equal((0, 0), (await AgainAsync(world), world.Network.LiveKit.Trunks.Count(trunk => trunk.Rule is SipDispatchRule.None)));
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("n\n", 1)]
    [InlineData("", 1)]
    public async Task With_fix_alone_it_asks_first(string answer, int status)
    {
        await using var world = await DoctorWorld.StartAsync();
        DoctorTests.Number(world, number => number with { StatusCallback = "https://other.example/status" });
        world.Options = world.Options with { Fixes = true };

        var (found, _, text) = await world.ExamineAsync(answer);

        Assert.Equal(status, found);
        Assert.Contains($"shall doctor set the status callback of {DoctorWorld.Number}", text, StringComparison.Ordinal);
        Assert.Equal(status != 0, world.Twilio.Numbers.Single().StatusCallback == "https://other.example/status");
    }

    [Fact]
    public async Task The_number_that_is_named_is_the_one_that_is_looked_at()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Twilio.Numbers = [.. world.Twilio.Numbers, new AccountNumber("PN02", "+15550101")];
        world.Options = world.Options with { Number = "+15550101" };

        var (_, findings, _) = await world.ExamineAsync();

        Assert.Equal(["voice-webhook", "status-callback"], DoctorTests.Failed(findings));
        Assert.Contains("+15550101", (string?)findings["voice-webhook"]["found"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_while_it_waits_for_an_agent_it_still_deletes_its_room()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Network.LiveKit.Agents = new AgentScript(AgentBehaviour.NeverJoins);
        world.Options = world.Options with { Patience = TimeSpan.FromSeconds(20) };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var examining = world.ExamineAsync(stop: stopping.Token);
        await DispatchedAsync(world);
        await stopping.CancelAsync();
        var (status, _, text) = await examining;

        Assert.Equal(1, status);
        Assert.Contains("stopped before the end", text, StringComparison.Ordinal);
        Assert.All(world.Network.LiveKit.Rooms, room => Assert.NotNull(room.FinishedAt));
    }

    [Fact]
    public async Task The_metrics_of_a_gateway_that_serves_tell_it_whether_webhooks_arrive()
    {
        await using var world = await DoctorWorld.StartAsync();
        var port = FreePort();
        var url = $"http://127.0.0.1:{port}";
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        world.Settings[SettingNames.PublicUrl] = url;
        world.Settings[ListenPlace.PortSetting] = $"{port}";
        world.Settings[SettingNames.ToolsJson] = "";
        world.Options = world.Options with { Patience = TimeSpan.FromSeconds(20) };
        world.PointNumberAt(url);
        world.Network.Connect(new Uri(url));
#pragma warning disable CA2025 // It has ended before the test does.
        var serving = ServeCommand.RunAsync(world.Settings.GetValueOrDefault, TextWriter.Null, TextWriter.Null, stopping.Token);
#pragma warning restore CA2025
        using var http = new HttpClient();
        while (!await IsServedAsync(http, new Uri($"{url}/health")) && !serving.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        var (_, findings, _) = await world.ExamineAsync();
        await stopping.CancelAsync();
        await serving;

        Assert.Equal("LiveKit's webhooks arrive", (string?)findings["livekit-webhook"]["found"]);
    }

    [Fact]
    public async Task An_agent_that_comes_by_itself_would_be_the_second_in_every_call()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Network.LiveKit.Agents = new AgentScript(AgentBehaviour.NeverJoins);
        world.Network.LiveKit.Helpers = new Dictionary<string, AgentBehaviour> { ["transcriber"] = AgentBehaviour.Good };

        var examining = world.ExamineAsync();
        world.Network.LiveKit.Dispatch((await DispatchedAsync(world)).Name, "transcriber");
        var (_, findings, _) = await examining;

        Assert.Equal(["agent"], DoctorTests.Failed(findings));
        Assert.Contains("'transcriber' joined without a dispatch", (string?)findings["agent"]["found"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_that_another_key_signs_arrive_and_are_refused()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Network.LiveKit.WebhookUrl = null;
        using var http = new HttpClient();

        var examining = world.ExamineAsync();
        while (world.Network.LiveKit.Rooms.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }

        using var webhook = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, "livekit/webhook"));
        webhook.Content = new ByteArrayContent("{}"u8.ToArray());
        webhook.Headers.TryAddWithoutValidation(
            "Authorization",
            LiveKitWebhookSigner.Sign(new LiveKitKey("APIOther", "another-secret-0123456789"), "{}"u8, TimeProvider.System.GetUtcNow()));
        using var answer = await http.SendAsync(webhook, Stop);
        var (_, findings, _) = await examining;

        Assert.Equal(["livekit-webhook"], DoctorTests.Failed(findings));
        Assert.Contains("signed with another API key", (string?)findings["livekit-webhook"]["found"], StringComparison.Ordinal);
    }

    /// <summary>The room into which doctor sent an agent, once there is one.</summary>
    private static async Task<RoomTruth> DispatchedAsync(DoctorWorld world)
    {
        while (true)
        {
            if (world.Network.LiveKit.Rooms.FirstOrDefault(room => room.Dispatches > 0) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    private static async Task<bool> IsServedAsync(HttpClient http, Uri health)
    {
        try
        {
            using var answer = await http.GetAsync(health, Stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<int> AgainAsync(DoctorWorld world)
    {
        world.Options = world.Options with { Fixes = false, SaysYes = false };
        return (await world.ExamineAsync()).Status;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
