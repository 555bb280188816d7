using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.KillEverywhere.Steps;
using VoiceFunctions.KillEverywhere.Wire;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Simulator.Twilio;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>
/// One call through a real gateway process on a real table service, with a network of its own; the process may be killed at one spot.
/// </summary>
internal sealed class Run : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Twilio waits 15 s for an answer, in three attempts of 5 s: where the next process took longer than one of them to start, the
    /// machine had too much to do, and what a caller heard says nothing of the gateway.
    /// </summary>
    private static readonly TimeSpan Starved = TimeSpan.FromSeconds(5);

    /// <summary>How often a run is looked at where nothing is heard of it.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private static readonly Caller Somebody =
        new("+15550101234", "") { Patience = TimeSpan.FromMinutes(4) };
    private static readonly Human Callee = new() { AnswersAfter = TimeSpan.FromSeconds(3), Talks = CallKind.AfterALease };
    private static readonly AgentBehaviour Agent = new() { JoinsAfter = TimeSpan.FromSeconds(1), SpeaksAfter = TimeSpan.FromSeconds(1) };

    private readonly SemaphoreSlim news = new(0);
    private readonly CancellationTokenSource patience;
    private readonly LoadBalancer frontDoor;
    private readonly Trap trap;
    private bool isVoid;
    private readonly CallNumbers numbers = new();
    private readonly List<Exception> failures = [];
    private readonly TaskCompletionSource swept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TableCallJournal journal;
    private readonly string table;
    private readonly CancellationToken aborted;
    private readonly Spot? spot;
    private readonly CallKind kind;
    private PhoneNetwork network = null!;
    private RouteTable routes = null!;
    private Supervisor gateway = null!;
    private Relay[] relays = [];
    private Task<CallerExperience>? call;

    private Run(CallKind kind, AzuriteServer azurite, Spot? spot, CancellationToken cancellationToken)
    {
        this.kind = kind;
        this.spot = spot;
        aborted = cancellationToken;
        table = azurite.NewTableName();
        journal = TableCallJournal.Create(new StorageSettings(azurite.ConnectionString, null, null, table), TimeProvider.System);
        patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        frontDoor = new LoadBalancer(Tell);
        trap = new Trap(spot, () => gateway.RestartAsync());
    }

    /// <summary>Lives through one call.</summary>
    public static async Task<Seen> OfAsync(CallKind kind, Spot? spot, AzuriteServer azurite, CancellationToken cancellationToken)
    {
        await using var run = new Run(kind, azurite, spot, cancellationToken);
        run.patience.CancelAfter(Patience);
        await run.StartAsync(azurite);
        return await run.LiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        gateway?.Dispose();
        foreach (var relay in relays)
        {
            await relay.DisposeAsync();
        }

        await network.DisposeAsync();
        patience.Dispose();
        news.Dispose();
    }

    private async Task StartAsync(AzuriteServer azurite)
    {
        var time = new RealTime(Fail);
        var setup = new PhoneNetworkSetup
        {
            Observer = _ => Tell(),
            Twilio = new TwilioSetup { VoiceOverride = TwilioReplies.AskAgain },
            HasReceiver = true,
        };
        network = await PhoneNetwork.StartAsync(time, setup, patience.Token);
        network.LiveKit.Agents = new AgentScript(kind.Agent(Agent));
        network.Human = new Human { AnswersAfter = TimeSpan.FromSeconds(1) };
        network.LiveKit.Callee = [Callee];
        var door = await Relay.StartAsync(time, () => gateway.ServingAsync(), frontDoor, patience.Token);
        var toLiveKit = await Relay.StartAsync(
            time, () => Task.FromResult(network.LiveKit.Url), new StepGuard(NamesAtLiveKit, trap, Tell), patience.Token);
        var toJournal = await Relay.StartAsync(
            time, () => Task.FromResult(azurite.Url), new StepGuard(new JournalSteps(numbers).Of, trap, Tell), patience.Token);
        var toReceiver = await Relay.StartAsync(
            time, () => Task.FromResult(network.Receiver.Url), new StepGuard(TenantSteps.OfReceiver, trap, Tell), patience.Token);
        var toTools = await Relay.StartAsync(
            time, () => Task.FromResult(network.GolfClub.Url), new StepGuard(TenantSteps.OfTools, trap, Tell), patience.Token);
        relays = [door, toLiveKit, toJournal, toReceiver, toTools];
        Dictionary<string, string> settings = new(network.GatewaySettings)
        {
            ["PORT"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            [SettingNames.PublicUrl] = door.Url.GetLeftPart(UriPartial.Authority),
            [SettingNames.LiveKitHost] = toLiveKit.Url.GetLeftPart(UriPartial.Authority),
            [SettingNames.StorageConnection] = AzuriteServer.ConnectionStringThrough(toJournal.Url),
            [SettingNames.CallsTable] = table,
            [SettingNames.RoomGraceSeconds] = "1",
            [SettingNames.DiagnosticsKey] = network.Operator.Key,
            [SettingNames.SilenceRedispatchSeconds] = "40",
            [SettingNames.DialTimeoutSeconds] = "120",
            [SettingNames.RoutesJson] = ScenarioCatalog.GatewaySettings[SettingNames.RoutesJson],
            [SettingNames.RecordingAzureAccount] = "simulated",
            [SettingNames.RecordingAzureKey] = Convert.ToBase64String(new byte[64]),
            [SettingNames.RecordingAzureContainer] = "recordings",
            [SettingNames.ToolsJson] = Through(toTools, network.GolfClub.Url, network.GatewaySettings[SettingNames.ToolsJson]),
        };
        if (kind.HasReceiver)
        {
            var webhooks = network.Receiver.GatewaySettings[SettingNames.EventWebhooks];
            settings[SettingNames.EventWebhooks] = Through(toReceiver, network.Receiver.Url, webhooks);
        }

        routes = SettingsReader.Read(settings.GetValueOrDefault, _ => "").Routes;
        gateway = new Supervisor(settings, Fail, patience.Token);
        await gateway.StartAsync();
        await swept.Task.WaitAsync(patience.Token);
        network.Connect(door.Url);
    }

    private async Task<Seen> LiveAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        call = kind.PlaceAsync(network, Somebody with { Stays = kind.Stays });
        var inTime = await UntilOverAsync();
        var took = TimeProvider.System.GetElapsedTime(begun);
        if (inTime)
        {
            await gateway.StopAsync();
        }

        var published = Published.In(gateway.Output, numbers);
        List<string> broken = [.. await InsistAsync(() => BrokenAsync(published)), .. failures.Select(failure => failure.Message)];
        if (broken.Count > 0)
        {
            broken.Add($"the processes said:\n{gateway.Output}");
        }

        return new Seen(
            spot,
            trap.HasSprung,
            trap.Requests,
            took,
            await InsistAsync(CallsAsync) is [{ State: var first }, ..] ? first.End?.Result : null,
            network.LiveKit.Rooms.Sum(room => room.Dispatches),
            [.. published.Where(told => told.Value > 1).Select(told => told.Key)],
            broken)
        {
            WasStarved = gateway.RestartTook > Starved,
        };
    }

    /// <summary>Waits until caller, LiveKit and gateway are done with the call; false where they are not in time.</summary>
    private async Task<bool> UntilOverAsync()
    {
        try
        {
            while (!call!.IsCompleted
                || !network.LiveKit.Rooms.All(room => frontDoor.IsFinishedTold(room.Sid))
                || frontDoor.IsBusy
                || !await IsKeptAsync())
            {
                if (!isVoid && call!.IsCompleted && gateway.RestartTook > Starved)
                {
                    // What is wrong once its claims' leases are over says nothing.
                    isVoid = true;
                    patience.CancelAfter(EffectExecutor.Lease * 2);
                }

                // What a process prints comes without news, and may be all that was missing.
                await news.WaitAsync(Glance, patience.Token);
                while (news.Wait(0, CancellationToken.None))
                {
                    // One look is enough for all that happened meanwhile.
                }
            }

            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Asks the table service until it answers: on a machine that has too much to do it may take its time.</summary>
    private async Task<T> InsistAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (JournalUnavailableException) when (!aborted.IsCancellationRequested)
            {
                // Again.
            }
        }
    }

    private async Task<bool> IsKeptAsync()
    {
        try
        {
            return (await BrokenAsync(null)).Count == 0;
        }
        catch (JournalUnavailableException)
        {
            patience.Token.ThrowIfCancellationRequested();
            Tell();
            return false;
        }
    }

    private async Task<List<string>> BrokenAsync(IReadOnlyDictionary<string, int>? published)
    {
        if (!call!.IsCompletedSuccessfully)
        {
            return ["a caller is still on the line"];
        }

        if (await CallsAsync() is not [_, ..] calls)
        {
            return ["there was no call"];
        }

        var isListed = await journal.ListOpenAsync(CancellationToken.None).AnyAsync(CancellationToken.None);
        var holders = await new CallPlaces(journal.Limits, TimeProvider.System)
            .HoldersAsync(PlaceDesk.OfRoute(ScenarioCatalog.LimitedRoute), CancellationToken.None);
        var after = new Aftermath(network, await call, calls, holders, isListed, published, trap.HasSprung);
        return [.. Promises.Broken(kind, after, kind.Slack)];
    }

    /// <summary>What the journal has of each call.</summary>
    private async Task<IReadOnlyList<KnownCall>> CallsAsync()
    {
        var calls = new List<KnownCall>();
        foreach (var id in numbers.InOrder)
        {
            _ = CallId.TryParse(id, out var callId);
            calls.Add(new KnownCall(
                CallState.Of(await journal.ReadAsync(callId!, CancellationToken.None)),
                CallAuditor.Audit(callId!, await journal.ReadRowsAsync(callId!, CancellationToken.None), routes),
                [.. network.LiveKit.Rooms.Where(room => new RoomNaming("call").CallOf(room.Name, room.Sid) == callId)]));
        }

        return calls;
    }

    /// <summary>A setting that names a server, so that the gateway goes by the relay.</summary>
    private static string Through(Relay relay, Uri server, string setting) =>
        setting.Replace(server.GetLeftPart(UriPartial.Authority), relay.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    /// <summary>The sweep at the start is no step of a call, and the call comes after it.</summary>
    private IReadOnlyList<string> NamesAtLiveKit(Passing request)
    {
        var names = LiveKitSteps.Of(request);
        _ = names.Count == 0 && swept.TrySetResult();
        return names;
    }

    private void Fail(Exception failure)
    {
        lock (failures)
        {
            failures.Add(failure);
        }
    }

    private void Tell() => news.Release();
}
