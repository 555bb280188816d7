using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>A contestant that runs, with its store.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string OurNative = "artifacts/native/VoiceFunctions.LocalHost";
    private const string OurJustInTime = "artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll";
    private const string DiagnosticsKey = "a-key-of-the-benchmark";

    private readonly Contestant contestant;
    private readonly string liveKit;
    private readonly StoreProcess store;
    private ChildProcess process = null!;

    private ServerProcess(Contestant contestant, string liveKit, StoreProcess store)
    {
        this.contestant = contestant;
        this.liveKit = liveKit;
        this.store = store;
    }

    public int Port { get; private set; }

    public int Id => process.Id;

    /// <summary>How long the process took from its start to the line that says where it listens.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>How many requests its store has had, where the store says so.</summary>
    public int StoreRequests => store.Requests;

    /// <summary>The bytes to its store and from it.</summary>
    public StoreBytes StoreBytes => store.Bytes;

    /// <summary>The seconds of CPU of the server alone.</summary>
    public double CpuSeconds => Machine.CpuSeconds(process.Id);

    /// <summary>The seconds of CPU of its store's process.</summary>
    public double StoreCpuSeconds => store.ProcessId is { } id ? Machine.CpuSeconds(id) : 0;

    /// <summary>What is missing on this machine for a contestant; <c>null</c> if nothing is.</summary>
    public static string? Missing(Contestant contestant) =>
        contestant is { IsOurs: true, IsJustInTime: false } && !File.Exists(OurNative)
            ? "eng/native.sh has not built it"
            : StoreProcess.Missing(contestant.Store);

    /// <summary>Starts a contestant.</summary>
    /// <param name="contestant">Which one.</param>
    /// <param name="liveKit">Where its LiveKit is.</param>
    public static async Task<ServerProcess> StartAsync(Contestant contestant, string liveKit)
    {
        var server = new ServerProcess(contestant, liveKit, await StoreProcess.StartAsync(contestant.Store));
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            server.store.Dispose();
            throw;
        }
    }

    /// <summary>Kills the server as a crash does, and starts another one on the same store.</summary>
    public async Task RestartAsync()
    {
        process.Dispose();
        await StartAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Dispose();
        store.Dispose();
    }

    private async Task StartAsync()
    {
        var began = Stopwatch.GetTimestamp();
        process = contestant.IsOurs
            ? await ChildProcess.StartAsync(
                contestant.IsJustInTime ? ["dotnet", OurJustInTime] : [OurNative], Settings(), ["VoiceFunctions on http"])
            : await ChildProcess.StartAsync(["node", "bench/peers/server.mjs", .. PeerWords()], Settings(), ["listening on http"]);
        StartTook = Stopwatch.GetElapsedTime(began);
        Port = int.Parse(process.ReadyLine.Split(':')[^1].Trim().TrimEnd('/'), CultureInfo.InvariantCulture);
    }

    private string[] PeerWords() =>
    [
        contestant.Name.Split('-')[0],
        contestant.Store switch { Store.Memory => "memory", Store.Tables => "tables", _ => "redis" },
    ];

    private Dictionary<string, string> Settings() => new(store.Settings)
    {
        ["PORT"] = "0",
        ["NODE_ENV"] = "production",
        [SettingNames.PublicUrl] = Secrets.PublicUrl,
        [SettingNames.LiveKitHost] = liveKit,
        [SettingNames.LiveKitApiKey] = Secrets.LiveKit.Id,
        [SettingNames.LiveKitApiSecret] = Secrets.LiveKit.Secret,
        [SettingNames.TwilioAccountSid] = Secrets.TwilioAccount,
        [SettingNames.TwilioAuthToken] = Secrets.TwilioToken,
        [SettingNames.LiveKitSipUri] = Secrets.SipHost,
        [SettingNames.RoomGraceSeconds] = "0",
        [SettingNames.LogLevel] = "Warning",
        [SettingNames.DiagnosticsKey] = DiagnosticsKey,
    };
}
