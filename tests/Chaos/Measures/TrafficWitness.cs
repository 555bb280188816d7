using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Simulator.LiveKit.Webhooks;

namespace VoiceFunctions.Chaos.Measures;

/// <summary>
/// Watches what goes between the network and the gateways: how long answers take, and authentic requests that are refused.
/// </summary>
internal sealed class TrafficWitness(TimeProvider clock, Action<Defect> found)
{
    private readonly ConcurrentDictionary<string, bool> answeredVoice = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> phones = new(StringComparer.Ordinal);

    /// <summary>From the moment at which a call was to arrive to its TwiML.</summary>
    public Samples Voice { get; } = new();

    /// <summary>
    /// From the moment at which LiveKit had something to tell to the 200, whatever was in the way; only for what was not
    /// held back or doubled on purpose.
    /// </summary>
    public Samples Webhooks { get; } = new();

    /// <summary>One attempt at a webhook of LiveKit's that was answered 200.</summary>
    public Samples Attempts { get; } = new();

    /// <summary>How many webhooks LiveKit gave up after its last attempt.</summary>
    public int GivenUp => Volatile.Read(ref givenUp);

    /// <summary>Finds the call of a caller.</summary>
    public Func<string?, PlacedCall?> Caller { get; set; } = _ => null;

    /// <summary>Sees every authentic request.</summary>
    public Action<PassedRequest> Authentic { get; set; } = _ => { };

    private int givenUp;

    /// <summary>
    /// Whether a gateway took a word of LiveKit's that a phone, or a caller with a token, was in this session of a room, so that it knows
    /// of a call.
    /// </summary>
    public bool WasTold(string roomSid) => phones.ContainsKey(roomSid);

    private static readonly GatewayRoute[] Answered409 = [GatewayRoutes.AgentLease, GatewayRoutes.Handoff];

    /// <summary>Sees an exchange.</summary>
    public void See(PassedExchange exchange)
    {
        if (exchange.IsForged)
        {
            return;
        }

        var (request, status) = (exchange.Request, exchange.Answer.Status);
        Authentic(request);
        if (status is >= 400 and < 500 && !IsAnswer(status, request))
        {
            found(new Defect(DefectKind.RefusedAuthentics, "", $"an authentic request to {request.Path} was answered {status}"));
        }
        else if (status == 200 && request.Path.EndsWith(GatewayRoutes.TwilioVoice.Template, StringComparison.Ordinal))
        {
            SeeVoice(TwilioForm.Parse(request.Body));
        }
        else if (status == 200 && request.Path.EndsWith(GatewayRoutes.LiveKitWebhook.Template, StringComparison.Ordinal))
        {
            Attempts.Add(exchange.Took);
            SeeWebhook(request.Body);
        }
    }

    /// <summary>Sees a webhook's whole way.</summary>
    public void See(WebhookReport report)
    {
        if (!report.IsDelivered)
        {
            Interlocked.Increment(ref givenUp);
        }
        else if (!report.IsDisturbed)
        {
            Webhooks.Add(report.Took);
        }
    }

    /// <summary>
    /// Whether a status of the 400s is an answer like any other: 409 to an agent's job that asks for the lease, for a human or for a tool,
    /// or reports; 404 to an operator who looks for the call of a room before a webhook has told of it.
    /// </summary>
    private static bool IsAnswer(int status, PassedRequest request) => status switch
    {
        409 => IsJobs(request.Path),
        404 => request is { Method: "GET" } && request.Path.EndsWith($"/{GatewayRoutes.Calls.Template}", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsJobs(string path) =>
        Answered409.Any(route => path.EndsWith(route.Template, StringComparison.Ordinal))
        || path.Contains("/tools/", StringComparison.Ordinal)
        || path.EndsWith("/quality", StringComparison.Ordinal);

    private void SeeWebhook(byte[] body)
    {
        var webhook = JsonNode.Parse(body);
        if ((string?)webhook?["event"]
            is LiveKitEventName.ParticipantJoined or LiveKitEventName.TrackPublished or LiveKitEventName.ParticipantLeft
            && (string?)webhook["participant"]?["identity"] is { } identity
            && (ParticipantMapper.IsPhone(identity) || identity.StartsWith(TokenIdentity.DriverPrefix, StringComparison.Ordinal))
            && (string?)webhook["room"]?["sid"] is { } roomSid)
        {
            phones[roomSid] = true;
        }
    }

    private void SeeVoice(TwilioForm form)
    {
        if (form["CallSid"] is { } callSid && answeredVoice.TryAdd(callSid, true) && Caller(form["From"]) is { } placed)
        {
            Voice.Add(clock.GetUtcNow() - placed.ScheduledAt);
        }
    }
}
