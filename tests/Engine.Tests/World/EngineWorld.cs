using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.EngineHost;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Engine.Tests.World;

/// <summary>
/// A phone network of its own with a task hub and a journal of its own; the function app between them runs in this process or in others.
/// </summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exception> failures = new();
    private readonly AzuriteServer azurite;
    private readonly List<EngineProcess> processes = [];
    private EngineHost.EngineHost? host;

    private EngineWorld(AzuriteServer azurite, (string Hub, string Journal) accounts)
    {
        this.azurite = azurite;
        (HubAccount, JournalAccount) = accounts;
    }

    /// <summary>The storage account of the task hub.</summary>
    public string HubAccount { get; }

    /// <summary>The storage account of the journal.</summary>
    public string JournalAccount { get; }

    /// <summary>Where the gateway listens, or will.</summary>
    public Uri Gateway { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}"));

    public PhoneNetwork Network { get; private set; } = null!;

    /// <summary>Whether rooms may go late, because a host goes down in the test: how late is measured then.</summary>
    public bool MayBeLate { get; init; }

    /// <summary>What is set otherwise than usual.</summary>
    public Dictionary<string, string> Changes { get; init; } = [];

    public TableCallJournal Journal => TableCallJournal.Create(GatewaySettings.Storage!, TimeProvider.System);

    private GatewaySettings GatewaySettings => SettingsReader.Read(Settings().GetValueOrDefault, _ => "");

    /// <summary>Starts a network that has no gateway yet.</summary>
    public static Task<EngineWorld> StartAsync(
        HubStorage storage, CancellationToken cancellationToken, params (string Name, string Value)[] changes) =>
        StartAsync(new EngineWorld(storage.Azurite, storage.NextAccounts()) { Changes = changes.ToDictionary() }, cancellationToken);

    /// <summary>The same, for a test in which a host goes down.</summary>
    public static Task<EngineWorld> StartForLossAsync(
        HubStorage storage, CancellationToken cancellationToken, params (string Name, string Value)[] changes)
    {
        var world = new EngineWorld(storage.Azurite, storage.NextAccounts()) { Changes = changes.ToDictionary(), MayBeLate = true };
        return StartAsync(world, cancellationToken);
    }

    private static async Task<EngineWorld> StartAsync(EngineWorld world, CancellationToken cancellationToken)
    {
        var setup = new PhoneNetworkSetup { Twilio = new() { VoiceOverride = TwilioReplies.AskAgain } };
        world.Network = await PhoneNetwork.StartAsync(new RealTime(world.failures.Enqueue), setup, cancellationToken);
        world.Network.Connect(world.Gateway);
        return world;
    }

    /// <summary>Starts the function app in this process; it ends with the world.</summary>
    public async Task<EngineHost.EngineHost> HostAsync(CancellationToken cancellationToken) =>
        host = await EngineHost.EngineHost.StartAsync(
            EngineSettings.Read(Settings().GetValueOrDefault), NullLoggerFactory.Instance, cancellationToken);

    /// <summary>Starts the function app in a process of its own; it ends with the world at the latest.</summary>
    /// <param name="worker">Who holds the hub's partitions.</param>
    /// <param name="hold">Where it stands still, as in <c>before:DeleteRoom</c>.</param>
    /// <param name="cancellationToken">Ends the waiting for it.</param>
    public async Task<EngineProcess> ProcessAsync(string worker, string? hold, CancellationToken cancellationToken)
    {
        var settings = Settings();
        settings[EngineSettings.WorkerName] = worker;
        settings[EngineSettings.HoldName] = hold ?? "";
        var process = await EngineProcess.StartAsync(settings, cancellationToken);
        processes.Add(process);
        return process;
    }

    /// <summary>
    /// Plays a call to its end and gives what was broken: promises to the caller, and what the proof of its story does not say was kept.
    /// </summary>
    public async Task<IReadOnlyList<string>> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var result = await scenario.PlayAsync(Network, Gateway, cancellationToken);
        var told = result.Broken.Where(words => !Scenarios.IsPlot(scenario, words));
        List<string> broken = [.. told, .. failures.Select(failure => failure.Message)];
        foreach (var room in result.Rooms)
        {
            broken.AddRange(await UnprovenAsync(room.Name, cancellationToken));
        }

        return broken;
    }

    /// <summary>The call of a room; <c>null</c> while nobody heard of it.</summary>
    public async Task<CallState?> CallAsync(string room, CancellationToken cancellationToken) =>
        await Journal.FindByRoomAsync(room, cancellationToken) is { } callId
            ? CallState.Of(await Journal.ReadAsync(callId, cancellationToken))
            : null;

    /// <summary>Waits until the orchestration of this process's one call runs, and gives its id, which is the call's.</summary>
    public async Task<string> RunningAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await host!.Hub.InstancesAsync(cancellationToken) is [{ RuntimeStatus: OrchestrationRuntimeStatus.Running } instance])
            {
                return instance.InstanceId;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>How long after that time the next step of the world's one call was written; nothing where none was left to take.</summary>
    public async Task<TimeSpan> NextStepAfterAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var room = Network.LiveKit.Rooms[0].Name;
        var callId = await Journal.FindByRoomAsync(room, cancellationToken)
            ?? throw new InvalidOperationException($"Nobody heard of {room}.");
        var proof = CallAuditor.Audit(callId, await Journal.ReadRowsAsync(callId, cancellationToken), GatewaySettings.Routes);
        return proof.Steps.Select(step => step.At - time).Where(after => after > TimeSpan.Zero).DefaultIfEmpty().Min();
    }

    /// <summary>The environment of the function app.</summary>
    public Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(Network.GatewaySettings)
        {
            [SettingNames.PublicUrl] = Gateway.GetLeftPart(UriPartial.Authority),
            [SettingNames.FallbackNumber] = "+15550100177",
            [SettingNames.LiveKitReserveAgentName] = "reserve-agent",
            [SettingNames.StorageConnection] = azurite.AccountOf(JournalAccount),
            [EngineSettings.HubStorageName] = azurite.AccountOf(HubAccount),
            ["PORT"] = Gateway.Port.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in Changes)
        {
            settings[name] = value;
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }

        if (host is not null)
        {
            await host.DisposeAsync();
        }

        await Network.DisposeAsync();
    }

    /// <summary>What is not proven of the call of a room; it has a while to finish what is under way.</summary>
    private async Task<IReadOnlyList<string>> UnprovenAsync(string room, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            if (await Journal.FindByRoomAsync(room, cancellationToken) is not { } callId)
            {
                return [$"nobody heard of {room}"];
            }

            var proof = CallAuditor.Audit(callId, await Journal.ReadRowsAsync(callId, cancellationToken), GatewaySettings.Routes);
            if (proof.Holds == ProofAnswer.Yes || look == 90)
            {
                var open = proof.Promises.Where(promise => promise.Answer != ProofAnswer.Yes && !IsLateness(promise));
                return [.. open.Select(promise => promise.ToString())];
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    private bool IsLateness(ProvenPromise promise) =>
        MayBeLate && promise.Name == "room_deleted" && promise.Text.EndsWith("late", StringComparison.Ordinal);
}
