using System.Net;
using System.Net.Sockets;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>The gateway as its users run it: a process with an environment.</summary>
public sealed class ProcessTests(AzuriteServer azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Complete = new()
    {
        ["PORT"] = "0",
        ["PUBLIC_URL"] = "https://voice.example.com",
        ["LIVEKIT_HOST"] = "http://127.0.0.1:1",
        ["LIVEKIT_API_KEY"] = "key",
        ["LIVEKIT_API_SECRET"] = "secretsecretsecretsecretsecretsecret",
        ["TWILIO_ENABLED"] = "false",
    };

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_call_goes_on_after_its_restart_with_one_dispatch_one_end_and_the_room_deleted()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var setup = new PhoneNetworkSetup
        {
            Observer = happened => _ = happened.What.StartsWith("answered", StringComparison.Ordinal) && answered.TrySetResult(),
        };
        await using var network =
            await PhoneNetwork.StartAsync(new RealTime(failure => answered.TrySetException(failure)), setup, patience.Token);
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var table = azurite.NewTableName();
        Dictionary<string, string> settings = new(network.GatewaySettings)
        {
            ["PORT"] = $"{address.Port}",
            [SettingNames.PublicUrl] = address.GetLeftPart(UriPartial.Authority),
            [SettingNames.StorageConnection] = azurite.ConnectionString,
            [SettingNames.CallsTable] = table,
            [SettingNames.RoomGraceSeconds] = "1",
        };
        network.Connect(address);

        var first = new GatewayProcess(settings);
        await first.LineWithAsync("Ctrl-C stops", patience.Token);
        var call = network.Twilio.CallAsync(new Caller("+15550101234", "+15550100") { Stays = TimeSpan.FromSeconds(6) });
        await answered.Task.WaitAsync(patience.Token);
        await first.LineWithAsync("agent", patience.Token);
        first.Kill();
        using var second = new GatewayProcess(settings);
        await second.LineWithAsync("Ctrl-C stops", patience.Token);
        await call.WaitAsync(patience.Token);
        await second.LineWithAsync("ROOM_DELETED of call", patience.Token);
        var exit = await second.TerminateAsync(patience.Token);

        var room = Assert.Single(network.LiveKit.Rooms);
        Assert.Equal((1, 1, 1), (room.Dispatches, room.AgentsJoined, room.MostAgentsLive));
        Assert.NotNull(room.FinishedAt);
        Assert.Equal(1, Count(first.Output + second.Output, "CALL_STARTED"));
        Assert.Equal(1, Count(first.Output + second.Output, "CALL_ENDED"));
        Assert.Equal(1, Count(first.Output + second.Output, "ROOM_DELETED"));
        Assert.Equal(0, exit);
        var journal = TableCallJournal.Create(new StorageSettings(azurite.ConnectionString, null, null, table), TimeProvider.System);
        var history = await journal.ReadAsync(new RoomNaming("call").CallOf(room.Name, room.Sid), patience.Token);
        Assert.Equal(CallStatus.Ended, CallState.Of(history).Status);
        first.Dispose();

        using var told = new StringWriter();
        string? Environment(string name) => settings.GetValueOrDefault(name);
        // The second process may have been stopped before it wrote that the last thing was told.
        Assert.True(await Shell.RunAsync(["proof", history.CallId.Value], Environment, told, told, patience.Token) is 0 or 3, $"{told}");
        Assert.Equal(0, await Shell.RunAsync(["replay", history.CallId.Value], Environment, told, told, patience.Token));
        Assert.Equal(0, await Shell.RunAsync(["diff", "--last", "5"], Environment, told, told, patience.Token));
        Assert.Contains("calls 1, ", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0101234", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once_and_nothing_is_started()
    {
        using var gateway = new GatewayProcess(
            [new("LIVEKIT_HOST", "https://project.livekit.cloud"), new("PORT", "0"), new("DIAL_TIMEOUT_SECONDS", "soon")]);

        var exit = await gateway.ExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.All(
            [
                "PUBLIC_URL",
                "LIVEKIT_API_KEY",
                "LIVEKIT_API_SECRET",
                "TWILIO_ACCOUNT_SID",
                "TWILIO_AUTH_TOKEN",
                "LIVEKIT_SIP_URI",
                "DIAL_TIMEOUT_SECONDS",
            ],
            name => Assert.Contains(name, gateway.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUBLIC_URL", "https:\\\\voice.example.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/ x")]
    [InlineData("PUBLIC_URL", "https:voice.example.com")]
    [InlineData("CALLS_STORAGE_CONNECTION", "AccountName=x;AccountKey=notbase64")]
    [InlineData("CALLS_STORAGE_CONNECTION", "UseDevelopmentStorage")]
    [InlineData("CALLS_STORAGE_CONNECTION", "DefaultEndpointsProtocol=https;AccountName=x y;AccountKey=bm90YmFzZTY0")]
    public async Task A_wrong_setting_ends_the_start_with_one_message_that_names_it(string name, string value)
    {
        using var gateway = new GatewayProcess(new Dictionary<string, string>(Complete) { [name] = value });

        var exit = await gateway.ExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.StartsWith("These settings are missing or wrong:\n  - " + name + " ", gateway.Output, StringComparison.Ordinal);
        Assert.Equal(2, gateway.Output.Trim().Split('\n').Length);
        Assert.DoesNotContain(value, gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_was_repaired_is_told_at_the_start_without_its_value()
    {
        using var gateway = new GatewayProcess(new Dictionary<string, string>(Complete)
        {
            ["LIVEKIT_API_SECRET"] = "\"secretsecretsecretsecretsecretsecret\"",
            ["PORT"] = "'0'",
        });

        var told = await gateway.LineWithAsync("Settings were repaired", TestContext.Current.CancellationToken);
        await gateway.LineWithAsync("Ctrl-C stops", TestContext.Current.CancellationToken);
        await gateway.TerminateAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith(": LIVEKIT_API_SECRET had quotes around it", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secretsecret", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var gateway = new GatewayProcess([new("PORT", $"{((IPEndPoint)taken.LocalEndpoint).Port}")]);

        var exit = await gateway.ExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.Contains("is taken", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_served_gateway_with_nothing_set_says_what_is_simulated_answers_and_stops_when_told()
    {
        using var gateway = new GatewayProcess([new("PORT", "0")]);
        var greeting = await gateway.LineWithAsync("VoiceFunctions on", TestContext.Current.CancellationToken);
        await gateway.LineWithAsync("Ctrl-C stops", TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(greeting.Split(' ')[^1]) };

        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        using var placed = await http.PostAsync(
            new Uri("/simulate/caller-hangs-up-while-ringing", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken);
        await gateway.LineWithAsync("AGENT_DISPATCHED", TestContext.Current.CancellationToken);
        var header = gateway.Output.Split("curl -H \"")[1].Split('"')[0].Split(": ");
        using var closed = await http.GetAsync(new Uri("/calls/nonsense", UriKind.Relative), TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Add(header[0], header[1]);
        using var opened = await http.GetAsync(new Uri("/calls/nonsense", UriKind.Relative), TestContext.Current.CancellationToken);
        var exit = await gateway.TerminateAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted, 0), (ready.StatusCode, placed.StatusCode, exit));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest), (closed.StatusCode, opened.StatusCode));
        Assert.Contains("LiveKit   simulated", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("Journal   in memory", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_none_says_where_the_commands_are_listed()
    {
        using var gateway = new GatewayProcess([], "dial");

        var exit = await gateway.ExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains("./run.sh --help.", gateway.Output, StringComparison.Ordinal);
    }

    private static int Count(string text, string name) => text.Split($"{name} of call").Length - 1;
}
