using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Bench;

/// <summary>The gateway as the benchmarks use it: journal in memory, nothing listens to events, no workflow runs.</summary>
internal static class Bench
{
    public const string PublicUrl = "https://voice.example.com";

    private static readonly LiveKitKey AnyKey = new("APIBenchmark", "a-secret-of-the-benchmark-0123456789");

    public static HttpRouter Gateway(string twilioToken) => Gateway(AnyKey, twilioToken);

    public static HttpRouter Gateway(LiveKitKey key) => Gateway(key, "unused");

    public static void Require(bool isTrue)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException("The benchmark measures a failure.");
        }
    }

    private static HttpRouter Gateway(LiveKitKey key, string twilioToken)
    {
        var given = new Dictionary<string, string>
        {
            [SettingNames.PublicUrl] = PublicUrl,
            [SettingNames.LiveKitHost] = "http://127.0.0.1",
            [SettingNames.LiveKitApiKey] = key.Id,
            [SettingNames.LiveKitApiSecret] = key.Secret,
            [SettingNames.TwilioAccountSid] = "AC0123456789abcdef0123456789abcdef",
            [SettingNames.TwilioAuthToken] = twilioToken,
            [SettingNames.LiveKitSipUri] = "sip:example.com",
        };
        var settings = SettingsReader.Read(given.GetValueOrDefault, _ => "");
#pragma warning disable CA2000 // Lives as long as the process.
        var http = new HttpMessageInvoker(new SocketsHttpHandler());
#pragma warning restore CA2000
        var ports = new GatewayPorts(
            new InMemoryCallJournal(TimeProvider.System),
            new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, TimeProvider.System, new LiveKitApiOptions()),
            new NoSink(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        return new VoiceGateway(settings, ports, _ => new NoWorkflows()).Front;
    }

    private sealed class NoSink : ILifecycleEventSink
    {
        public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class NoWorkflows : ICallWorkflows
    {
        public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
