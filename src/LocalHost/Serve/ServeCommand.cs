using System.CommandLine;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Events;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Storage;
using VoiceFunctions.Tools;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>Serves the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string SimulatePath = "/simulate/";
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    /// <summary>The first sweep lets the first caller go before: on one core both would wait for the same code to be compiled.</summary>
    private static readonly TimeSpan FirstSweep = TimeSpan.FromMilliseconds(250);

    /// <summary>The scenarios that need nothing but the network: events go where the settings say.</summary>
    private static IEnumerable<Scenario> Playable => ScenarioCatalog.All.Where(scenario => !scenario.HasReceiver);

    /// <summary>The command; without any word it is the same.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("serve", "Serves the gateway until Ctrl-C; the same without a command")
        {
            Examples = ["./run.sh serve", "PORT=8080 ./run.sh serve"],
            ExitStatuses =
            [
                new(0, "the gateway was told to stop"),
                new(1, "it cannot start, and says why"),
                new(ExitStatus.WrongArguments, "the arguments are wrong"),
            ],
        };
        command.SetAction((_, stop) => RunAsync(console.Environment, console.Output, console.Errors, stop));
        return command;
    }

    /// <summary>Runs the command; 0 when it was told to stop, 1 where it cannot start.</summary>
    public static async Task<int> RunAsync(
        Func<string, string?> environment, TextWriter output, TextWriter errors, CancellationToken stopping)
    {
        ListenPlace? place = null;
        try
        {
            place = ListenPlace.Read(environment);
            await ServeAsync(environment, place, output, stopping);
            return 0;
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
        {
            await errors.WriteLineAsync(
                $"Port {place!.EndPoint.Port} is taken. Set {ListenPlace.PortSetting} to another one, or to 0 for any.");
        }
        catch (SocketException none) when (none.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            await errors.WriteLineAsync(
                $"{ListenPlace.AddressSetting} is no address of this machine. Leave it out for this machine alone, or set it to 0.0.0.0.");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }

        return 1;
    }

    private static async Task ServeAsync(
        Func<string, string?> environment, ListenPlace place, TextWriter output, CancellationToken stopping)
    {
        Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer =
            (request, _, _, _) => ValueTask.FromResult(
                request.Method is "GET" or "HEAD" ? Problem.JournalUnavailable : Problem.NotRecorded);
        await using var page = new ApiPage();
        await using var front = await KestrelHttpAdapter.StartAsync(
            place.EndPoint, (request, body, length, aborted) => answer(request, body, length, aborted), page.Before, stopping);
        var warmUp = Task.Run(() => WarmUpAsync(front.Address, stopping), stopping);
        using var log = new CallLog(TimeProvider.System, output);
        await using var parts = await ServedParts.FromAsync(
            environment, front.Address, log.Tell, failure => log.Tell("network", failure.Message), stopping);
        place.Guard(parts.Settings);
        SettingsLog.Repaired(parts.Loggers.CreateLogger(nameof(ServeCommand)), parts.Settings);
        await parts.OpenJournalAsync(away => log.Tell("journal", away), stopping);
        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using var http = new HttpMessageInvoker(sockets);
        await using var telemetry = new LocalTelemetry(environment);
        var settings = parts.Settings;
#pragma warning disable CA2000 // The backends own their handler.
        using var backends = new HttpToolBackends(settings.Tools.All, HttpToolBackends.Connections(), parts.Clock);
#pragma warning restore CA2000
        var ports = new GatewayPorts(
            parts.Journal,
            new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, parts.Clock.Shared, new LiveKitApiOptions()),
            EventDestinations.SinkOf(settings, new LoggingEventSink(parts.Loggers.CreateLogger<LoggingEventSink>()), output),
            parts.Clock,
            parts.Loggers)
        {
            Limits = parts.Limits,
            TokenTime = parts.Clock.Shared,
            ApiKeys = settings.Storage is { } storage ? TableApiKeyStore.Create(storage) : new InMemoryApiKeyStore(),
            Tools = backends,
            Metrics = telemetry,
            Knowledge = parts.Knowledge,
            Outbox = EventDestinations.OutboxOf(settings, parts.DeadLetters, http, parts.Clock.Shared) with { Queue = parts.Queue },
            CanStream = true,
            ConsoleKey = IsConsoleOpen(parts, place) ? settings.DiagnosticsKey : null,
            TwilioCalls = parts.Network is { } network ? new SimulatedTwilioCalls(network.Twilio) : null,
        };
        using var gateway = new LocalGateway(settings, ports, TaskScheduler.Default, isAlone: parts.Journal is InMemoryCallJournal);
        await warmUp;
        telemetry.Start();
        var key = place.IsLocal
            ? null
            : new DiagnosticsAccess(settings.DiagnosticsKey, parts.Clock, parts.Loggers.CreateLogger<DiagnosticsAccess>());
        answer = (request, body, length, aborted) => Simulated(parts.Network, front.Address, key, request, stopping) is { } response
            ? ValueTask.FromResult(response)
            : gateway.Front.HandleAsync(request, body, length, aborted);

        await GreetAsync(front.Address, parts, place, output);
        await SweepAsync(gateway.Sweeper, parts, stopping);
    }

    /// <summary>
    /// Plays a made-up call, and asks this process once over HTTP, which says no as long as it does not serve: so the first caller waits
    /// for no code to be compiled. LiveKit's connection opens with the first sweep.
    /// </summary>
    private static async Task WarmUpAsync(Uri address, CancellationToken stopping)
    {
        await GatewayWarmUp.RunAsync(stopping);
        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpMessageInvoker(sockets);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, GatewayRoutes.TwilioVoice.Template))
        {
            Content = new StringContent("a=b", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        using var response = await http.SendAsync(request, stopping);
    }

    /// <summary>
    /// Looks for calls that nobody follows, soon and then every now and then: this is also how calls go on after a crash.
    /// </summary>
    private static async Task SweepAsync(CallSweeper sweeper, ServedParts parts, CancellationToken stopping)
    {
        var logger = parts.Loggers.CreateLogger(nameof(ServeCommand));
        var purgeAt = DateTimeOffset.MinValue;
        await Task.Delay(FirstSweep, parts.Clock, stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await sweeper.SweepAsync(stopping);
                if (parts.Clock.GetUtcNow() >= purgeAt)
                {
                    await sweeper.PurgeAsync(stopping);
                    purgeAt = parts.Clock.GetUtcNow() + TimeSpan.FromDays(1);
                }
            }
            catch (JournalUnavailableException unavailable)
            {
                ServeLog.SweepFailed(logger, unavailable);
            }

            await Task.Delay(Sweep, parts.Clock, stopping);
        }
    }

    /// <summary>
    /// Places a simulated call: <c>POST /simulate/{scenario}</c>, only where the network is simulated. Whoever comes from this machine
    /// alone may; elsewhere it takes the key.
    /// </summary>
    private static GatewayResponse? Simulated(
        PhoneNetwork? network, Uri address, DiagnosticsAccess? key, GatewayRequest request, CancellationToken stopping)
    {
        if (network is null || !request.RawTarget.StartsWith(SimulatePath, StringComparison.Ordinal))
        {
            return null;
        }

        if (request.Method != "POST")
        {
            return Problem.WrongMethod("POST");
        }

        if (key?.CheckHead(request).Refusal is { } refused)
        {
            return refused;
        }

        if (Playable.FirstOrDefault(scenario => scenario.Name == request.RawTarget[SimulatePath.Length..]) is not { } chosen)
        {
            return Problem.BadParameter($"The scenarios are {string.Join(", ", Playable.Select(scenario => scenario.Name))}.");
        }

        _ = network.Time.Start(() => chosen.PlayAsync(network, address, stopping));
        return new GatewayResponse(
            202,
            "text/plain; charset=utf-8",
            System.Text.Encoding.UTF8.GetBytes($"{chosen.Name}: the story is told where the gateway runs.\n"));
    }

    /// <summary>
    /// Whether a browser on this machine gets the console without a key: this run made the key, nobody gets here from another machine,
    /// and nobody is expected from elsewhere. Behind a tunnel somebody else's request can look as if it came from here.
    /// </summary>
    private static bool IsConsoleOpen(ServedParts parts, ListenPlace place) =>
        place.IsLocal && parts.HasMadeKey && new Uri(parts.Settings.PublicUrl).IsLoopback;

    private static string HowToOpen(ServedParts parts, ListenPlace place) => IsConsoleOpen(parts, place) ? ""
        : parts.HasMadeKey ? $"#key={parts.Settings.DiagnosticsKey}"
        : $", with {SettingNames.DiagnosticsKey}";

    private static async Task GreetAsync(Uri address, ServedParts parts, ListenPlace place, TextWriter output)
    {
        var url = address.GetLeftPart(UriPartial.Authority);
        await output.WriteLineAsync($"VoiceFunctions on {url}");
        foreach (var line in parts.Description)
        {
            await output.WriteLineAsync($"  {line}");
        }

        if (!place.IsLocal)
        {
            var listens = $"{place.EndPoint.Address}";
            await output.WriteLineAsync($"  Network   other machines get here too, by {listens}: nothing of a call is open without a key");
        }

        await output.WriteLineAsync($"  Console   {url}/console{HowToOpen(parts, place)}");
        await output.WriteLineAsync($"  Reference {url}/docs");
        await output.WriteLineAsync("Try");
        await output.WriteLineAsync($"  curl {url}/readyz");
        var key = parts.HasMadeKey ? parts.Settings.DiagnosticsKey : $"${SettingNames.DiagnosticsKey}";
        var call = $"  curl -H \"{DiagnosticsAccess.HeaderName}: {key}\" {url}/calls/CALLID";
        await output.WriteLineAsync($"{call}        the record of a call; the lines below contain its id");
        await output.WriteLineAsync($"{call}/proof  its stored story, and each promise with yes or no");
        var tenant = parts.MadeTenant?.Name ?? "TENANT";
        var apiKey = parts.MadeTenant?.Key ?? "KEY";
        await output.WriteLineAsync(
            $$"""  curl {{url}}/auth/token -d '{"tenant_id":"{{tenant}}","api_key":"{{apiKey}}"}'        an access token of the API""");
        await output.WriteLineAsync(
            $$"""  curl {{url}}/call/start -H "Authorization: Bearer ACCESS_TOKEN" -d '{}'        begins a call without a phone""");
        if (parts.Network is not null)
        {
            var header = place.IsLocal ? "" : $"-H \"{DiagnosticsAccess.HeaderName}: {key}\" ";
            await output.WriteLineAsync($"  curl -X POST {header}{url}{SimulatePath}answered        places a call; its story is told here");
            await output.WriteLineAsync("  ./run.sh call --scenario agent-never-joins        the same on a clock of its own, in a moment");
        }

        await output.WriteLineAsync("Ctrl-C stops.");
    }
}
