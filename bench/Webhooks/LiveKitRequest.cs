using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.Bench;

/// <summary>An agent's joining, with the fields that LiveKit sends.</summary>
internal sealed class LiveKitRequest
{
    private const string Json =
        """
        {"event":"participant_joined",
         "room":{"sid":"RM_WZ582qp77Unv", "name":"call_abcdefghijklmnopqrstuvwxyz", "emptyTimeout":300, "departureTimeout":20,
         "creationTime":"1795241196", "creationTimeMs":"1795241196269", "turnPassword":"x",
         "enabledCodecs":[{"mime":"audio/PCMU"}, {"mime":"audio/PCMA"}, {"mime":"audio/opus"}, {"mime":"audio/red"}, {"mime":"video/VP8"},
         {"mime":"video/H264"}, {"mime":"video/VP9"}, {"mime":"video/AV1"}, {"mime":"video/H265"}, {"mime":"video/rtx"}]},
         "participant":{"sid":"PA_3FhcvrR2ZiNy", "identity":"agent-acme", "state":"ACTIVE", "joinedAt":"1795241196",
         "joinedAtMs":"1795241196588", "version":2,
         "permission":{"canSubscribe":true, "canPublish":true, "canPublishData":true, "canUpdateMetadata":true, "agent":true},
         "kind":"AGENT", "attributes":{"lk.agent_name":"acme"}, "clientProtocol":2},
         "id":"EV_57aLxZuUdEc9", "createdAt":"1795241196"}
        """;

    private static readonly LiveKitKey Key = new("APIBenchmark", "a-secret-of-the-benchmark-0123456789");

    private readonly string token;
    private readonly GatewayRequest request;
    private readonly LiveKitWebhookVerifier verifier = new(new LiveKitKeyring(Key), TimeProvider.System);
    private readonly LiveKitEventMapper normalizer = new(
        new RoomScope(new RoomNaming("call")), new ParticipantMapper(null));
    private readonly HttpRouter gateway = Bench.Gateway(Key);

    public LiveKitRequest()
    {
        Body = Encoding.UTF8.GetBytes(Json);
        token = LiveKitWebhookSigner.Sign(Key, Body, TimeProvider.System.GetUtcNow());
        request = new GatewayRequest("POST", "/livekit/webhook", name => name == "Authorization" ? token : null, Body);
    }

    public byte[] Body { get; }

    public void Verify() => Bench.Require(verifier.Verify(token, Body) == TokenVerification.Authentic);

    public void Normalize()
    {
        Verify();
        Bench.Require(normalizer.Map(Body, DateTimeOffset.UnixEpoch)!.Event.Fact is CallFact.LegJoined);
    }

    public void Answer() =>
        Bench.Require(gateway.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult().Status == 200);
}
