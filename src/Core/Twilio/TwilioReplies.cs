using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Documents;
using VoiceFunctions.Core.Twilio.Screening;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// The TwiML answers of the gateway. They depend only on settings, route and request, so Twilio's retry gets the same bytes.
/// </summary>
public sealed class TwilioReplies(GatewaySettings settings, TwilioSettings twilio)
{
    /// <summary>
    /// The connection override that makes Twilio repeat the request of a Dial's action URL if the host dies before it answers. Without it
    /// the caller hears that an application error has occurred. It is a URL fragment: Twilio neither sends nor signs it.
    /// </summary>
    public const string AskAgain = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000";

    /// <summary>Twilio refuses longer headers; no number and hardly an address comes near.</summary>
    private const int MaxCalledLength = 200;

    private readonly ScreenSeal seal = new(settings.LiveKitKeys);

    /// <summary>Dials LiveKit over SIP, into the call's own room.</summary>
    public GatewayResponse DialLiveKit(CallId callId, VoiceArrival arrival, Route route)
    {
        List<KeyValuePair<string, string>> headers = [new(SipHeaders.CallId, callId.Value), new(SipHeaders.CallSid, arrival.CallSid.Value)];
        if (arrival.Own is { Text: { Length: <= MaxCalledLength } text } own)
        {
            headers.Add(new(SipHeaders.CalledNumber, own.NamedNumber?.E164 ?? text));
        }

        var query = TwilioPass.QueryOf(TwilioPass.Of(callId, arrival.CallSid.Value));
        var dial = new DialSip(
            twilio.SipHost,
            callId.Value,
            headers,
            route.Timeouts.DialTimeout,
            route.Timeouts.MaxDuration,
            DialResultUrlOf(query),
            $"{settings.PublicUrl}/{GatewayRoutes.TwilioStatus.Template}{Asked(query)}")
        {
            Credentials = twilio.Credentials,
        };
        return Answer(Twiml.DialSip(dial));
    }

    /// <summary>
    /// The route's fallback: dials the next of its humans, or else speaks its message. A human whose number is the caller's or the called
    /// one is passed over: a call to the called number would come back here.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="parties">Who calls whom.</param>
    /// <param name="next">The index of the human whose turn it is.</param>
    /// <param name="pass">The conversation of the CallSid; <c>null</c> for its first.</param>
    public GatewayResponse Fallback(Route route, CallParties parties, int next = 0, CallId? pass = null)
    {
        var humans = route.Fallback.Humans;
        while (next < humans.Count && parties.Include(humans[next]))
        {
            next++;
        }

        return next < humans.Count ? DialHuman(route.Fallback, parties, next, pass) : Message(route);
    }

    /// <summary>Connects the caller with a number; who is not answered there gets the route's fallback, as after any Dial.</summary>
    /// <param name="to">The number.</param>
    /// <param name="ringTime">How long it rings.</param>
    /// <param name="parties">Who calls whom.</param>
    /// <param name="pass">The conversation of the CallSid; <c>null</c> for its first.</param>
    public GatewayResponse Transfer(PhoneNumber to, TimeSpan ringTime, CallParties parties, CallId? pass) =>
        Answer(Twiml.DialNumber(new DialNumber(to, ringTime, CallerIdOf(parties), DialResultUrlOf(TwilioPass.QueryOf(pass)))));

    /// <summary>Tells a human who picked up who calls, and hangs up unless they press a key.</summary>
    public GatewayResponse Screen(Route route, CallParties parties) => Answer(Twiml.AskForKey(
        ScreenPrompt.Of(route.Fallback.Screening, parties), route.Fallback.Voice, ScreenUrlOf(parties)));

    /// <summary>Connects the caller and the human who was asked: on that leg the end of a document means so.</summary>
    public static GatewayResponse PutThrough { get; } = Answer(Twiml.Empty);

    /// <summary>Hangs up.</summary>
    public static GatewayResponse HangUp { get; } = Answer(Twiml.Hangup);

    /// <summary>Refuses a call that was not answered: the caller hears the busy tone, and Twilio bills nothing.</summary>
    public static GatewayResponse Busy { get; } = Answer(Twiml.Busy);

    /// <summary>Acknowledges a status callback.</summary>
    public static GatewayResponse Acknowledged { get; } = Answer(Twiml.Empty);

    private static GatewayResponse Message(Route route) => Answer(Twiml.Say(route.Fallback.Message, route.Fallback.Voice));

    private GatewayResponse DialHuman(RouteFallback fallback, CallParties parties, int index, CallId? pass) =>
        Answer(Twiml.DialNumber(new DialNumber(
            fallback.Humans[index],
            fallback.RingTime,
            CallerIdOf(parties),
            DialResultUrlOf(TwilioPass.QueryOf(pass, HumanLeg.QueryOf(index))))
        {
            ScreenUrl = fallback.Screening.IsOn ? ScreenUrlOf(parties) : null,
        }));

    private string DialResultUrlOf(string query) =>
        $"{settings.PublicUrl}/{GatewayRoutes.TwilioDialResult.Template}{Asked(query)}{AskAgain}";

    private static string Asked(string query) => query.Length > 0 ? $"?{query}" : "";

    private string ScreenUrlOf(CallParties parties) =>
        $"{settings.PublicUrl}/{GatewayRoutes.TwilioScreen.Template}?{seal.QueryOf(parties)}{AskAgain}";

    /// <summary>
    /// The caller id of a Dial to a telephone; <c>null</c> leaves the caller's own. Of others Twilio takes only the called number and the
    /// account's own and verified numbers (error 13214). Whom we called is neither.
    /// </summary>
    private PhoneNumber? CallerIdOf(CallParties parties) =>
        parties.IsCallerShown ? null : parties.Own.Dialable ?? settings.DefaultFrom;

    private static GatewayResponse Answer(ReadOnlyMemory<byte> document) => new(200, Twiml.ContentType, document);
}
