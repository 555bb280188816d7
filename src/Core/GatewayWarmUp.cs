using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core;

/// <summary>
/// Plays one made-up call through a gateway of its own before the first real one comes, so that its caller does not wait while code is
/// compiled. Nothing leaves the process: the journal is in memory, LiveKit is an answer that is always the same, nobody listens to the
/// events, and nothing is logged. Whoever measures the gateway must not listen yet.
/// </summary>
public static class GatewayWarmUp
{
    private const string PublicUrl = "https://warm-up.invalid";
    private const string Account = "AC00000000000000000000000000000000";
    private const string CallSid = "CA00000000000000000000000000000000";
    private const string Token = "warm-up";
    private const int Rounds = 2;

    private static readonly LiveKitKey Key = new("warm-up", "warm-up");

    /// <summary>Plays the call twice: some code is made ready only when it is used again.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = SettingsReader.Read(Setting, _ => "{}");
        var time = TimeProvider.System;
        using var answers = new MadeUpLiveKit();
        using var http = new HttpMessageInvoker(answers);
        var liveKit = new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, time, new LiveKitApiOptions());
        for (var round = 0; round < Rounds; round++)
        {
            var ports = new GatewayPorts(new InMemoryCallJournal(time), liveKit, new Nobody(), time, NullLoggerFactory.Instance);
            var gateway = new VoiceGateway(settings, ports, _ => new NoWorkflows());
            await PlayAsync(gateway, time, cancellationToken);
        }
    }

    private static async Task PlayAsync(VoiceGateway gateway, TimeProvider time, CancellationToken cancellationToken)
    {
        var callId = CallId.ForTwilio(CallSid);
        var caller =
            $$"""
            {"sid":"PA_1","identity":"sip_1","kind":"SIP","state":"ACTIVE",
             "attributes":{"sip.ruleID":"SDR_1","sip.phoneNumber":"+15550100001","sip.trunkPhoneNumber":"{{callId}}"} }
            """;
        await TwilioAsync("/twilio/voice", "ringing");
        await LiveKitAsync("room_started", "null");
        await LiveKitAsync("participant_joined", caller);
        await gateway.Calls.Advancer.AdvanceAsync(callId, time.GetUtcNow(), cancellationToken);
        await LiveKitAsync("participant_left", caller);
        await TwilioAsync("/twilio/dial-result", "completed");
        await TwilioAsync("/twilio/status", "completed");
        await gateway.Calls.Advancer.AdvanceAsync(callId, time.GetUtcNow(), cancellationToken);

        async Task TwilioAsync(string path, string status)
        {
            var body = Encoding.UTF8.GetBytes(
                $"AccountSid={Account}&CallSid={CallSid}&From=%2B15550100001&To=%2B15550100123&CallStatus={status}"
                    + $"&DialCallStatus={status}");
            var signature = TwilioSignature.Sign(PublicUrl + path, TwilioForm.Parse(body), Token);
            await SendAsync(path, body, name => name == TwilioSignature.HeaderName ? signature : null);
        }

        async Task LiveKitAsync(string name, string participant)
        {
            var room = $$"""{"sid":"RM_1","name":"{{new RoomNaming("call").NameOf(callId)}}"}""";
            var body = Encoding.UTF8.GetBytes(
                $$"""{"event":"{{name}}","id":"EV_{{name}}","room":{{room}},"participant":{{participant}}}""");
            var token = LiveKitWebhookSigner.Sign(Key, body, time.GetUtcNow());
            await SendAsync("/livekit/webhook", body, header => header == "Authorization" ? token : null);
        }

        async Task SendAsync(string path, byte[] body, Func<string, string?> header)
        {
            using var stream = new MemoryStream(body);
            var request = new GatewayRequest("POST", path, header, ReadOnlyMemory<byte>.Empty);
            var answer = await gateway.Front.HandleAsync(request, stream, body.Length, cancellationToken);
            await answer.WriteBodyAsync(Stream.Null, cancellationToken);
        }
    }

    private static string? Setting(string name) => name switch
    {
        SettingNames.PublicUrl or SettingNames.LiveKitHost => PublicUrl,
        SettingNames.LiveKitApiKey => Key.Id,
        SettingNames.LiveKitApiSecret => Key.Secret,
        SettingNames.TwilioAccountSid => Account,
        SettingNames.TwilioAuthToken => Token,
        SettingNames.LiveKitSipUri => "sip:warm-up.invalid",
        _ => null,
    };

    private sealed class MadeUpLiveKit : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // As over a network, whoever asks has to wait: that is code of its own.
            await Task.Yield();
            await (request.Content?.CopyToAsync(Stream.Null, cancellationToken) ?? Task.CompletedTask);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        }
    }

    private sealed class Nobody : ILifecycleEventSink
    {
        public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class NoWorkflows : ICallWorkflows
    {
        public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
