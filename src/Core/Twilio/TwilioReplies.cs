using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Twilio;

/// <summary>What the gateway tells Twilio to do. Functions of the settings, the route and the request alone, so a repetition gets the same bytes.</summary>
public sealed class TwilioReplies(GatewaySettings settings, TwilioSettings twilio)
{
    /// <summary>The query that tells the result of the Dial to a human from that of the Dial to LiveKit.</summary>
    public const string HumanLegQuery = "leg=human";

    /// <summary>
    /// Lets Twilio ask for a Dial's result again where a host dies over its answer; without it the caller hears that an application error has occurred. A fragment: neither sent nor signed.
    /// </summary>
    public const string AskAgain = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000";

    private static readonly TimeSpan HumanTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Hand the caller to LiveKit, into the call's own room.</summary>
    public GatewayResponse DialLiveKit(CallId callId, VoiceArrival arrival, Route route)
    {
        List<KeyValuePair<string, string>> headers = [new(SipHeaders.CallId, callId.Value), new(SipHeaders.CallSid, arrival.CallSid.Value)];
        if (arrival.To.Dialable is { } called)
        {
            headers.Add(new(SipHeaders.CalledNumber, called.E164));
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

    /// <summary>What the route offers instead of an agent: its human, else its message.</summary>
    public GatewayResponse Fallback(Route route) => route.Fallback.Human is { } human
        ? Answer(Twiml.DialNumber(new DialNumber(human, HumanTimeout, settings.DefaultFrom, $"{settings.PublicUrl}/{GatewayRoutes.TwilioDialResult.Template}?{HumanLegQuery}{AskAgain}")))
        : LastWords(route);

    /// <summary>What the route says where nobody else can.</summary>
    public static GatewayResponse LastWords(Route route) => Answer(Twiml.Say(route.Fallback.Message));

    /// <summary>The call is over.</summary>
    public static GatewayResponse HangUp { get; } = Answer(Twiml.Hangup);

    /// <summary>Noted; nothing to do.</summary>
    public static GatewayResponse Noted { get; } = Answer(Twiml.Empty);

    private static GatewayResponse Answer(ReadOnlyMemory<byte> document) => new(200, Twiml.ContentType, document);
}
