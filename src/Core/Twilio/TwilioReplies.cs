using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// The TwiML answers of the gateway. They depend only on settings, route and request, so Twilio's retry gets the same bytes.
/// </summary>
public sealed class TwilioReplies(GatewaySettings settings, TwilioSettings twilio)
{
    /// <summary>The query of the action URL of a Dial to a human. The action URL of the Dial to LiveKit has no query.</summary>
    public const string HumanLegQuery = "leg=human";

    /// <summary>
    /// The connection override that makes Twilio repeat the request of a Dial's action URL if the host dies before it answers. Without it
    /// the caller hears that an application error has occurred. It is a URL fragment: Twilio neither sends nor signs it.
    /// </summary>
    public const string AskAgain = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000";

    /// <summary>Twilio refuses longer headers; no number and hardly an address comes near.</summary>
    private const int MaxCalledLength = 200;

    private static readonly TimeSpan HumanTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Dials LiveKit over SIP, into the call's own room.</summary>
    public GatewayResponse DialLiveKit(CallId callId, VoiceArrival arrival, Route route)
    {
        List<KeyValuePair<string, string>> headers = [new(SipHeaders.CallId, callId.Value), new(SipHeaders.CallSid, arrival.CallSid.Value)];
        if (arrival.Own is { Text: { Length: <= MaxCalledLength } text } own)
        {
            headers.Add(new(SipHeaders.CalledNumber, own.NamedNumber?.E164 ?? text));
        }

        var dial = new DialSip(
            twilio.SipHost,
            callId.Value,
            headers,
            route.Timeouts.DialTimeout,
            route.Timeouts.MaxDuration,
            $"{settings.PublicUrl}/{GatewayRoutes.TwilioDialResult.Template}{AskAgain}",
            $"{settings.PublicUrl}/{GatewayRoutes.TwilioStatus.Template}")
        {
            Credentials = twilio.Credentials,
        };
        return Answer(Twiml.DialSip(dial));
    }

    /// <summary>The route's fallback: dials its human, or else speaks its message.</summary>
    public GatewayResponse Fallback(Route route) => route.Fallback.Human is { } human
        ? Answer(Twiml.DialNumber(new DialNumber(
            human,
            HumanTimeout,
            settings.DefaultFrom,
            $"{settings.PublicUrl}/{GatewayRoutes.TwilioDialResult.Template}?{HumanLegQuery}{AskAgain}")))
        : Message(route);

    /// <summary>Speaks the route's message and hangs up.</summary>
    public static GatewayResponse Message(Route route) => Answer(Twiml.Say(route.Fallback.Message));

    /// <summary>Hangs up.</summary>
    public static GatewayResponse HangUp { get; } = Answer(Twiml.Hangup);

    /// <summary>Acknowledges a status callback.</summary>
    public static GatewayResponse Acknowledged { get; } = Answer(Twiml.Empty);

    private static GatewayResponse Answer(ReadOnlyMemory<byte> document) => new(200, Twiml.ContentType, document);
}
