using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls;

/// <summary>Events and claims of one call, said in seconds after noon.</summary>
internal static class Given
{
    public const string CallerSid = "PA_caller";
    public const string AgentSid = "PA_agent";
    public const string Hangup = LiveKitDisconnectReason.ClientInitiated;

    public static readonly RoomNaming Naming = new("call");
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly CallId Call = CallId.ForTwilio("CA00000000000000000000000000000001");
    public static readonly RoomSession Room = new(Naming.NameOf(Call), "RM_1");
    public static readonly SilenceTimeouts Silence = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16), null);
    public static readonly CallTimeouts Timeouts = new(TimeSpan.FromSeconds(25), TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), Silence);

    public static readonly CallTimeouts HumanTimeouts = Timeouts with { Silence = Silence with { CallsHuman = true } };

    public static PhoneNumber HumanNumber { get; } = PhoneNumber.TryParse("+15550100177", out var number)
        ? number
        : throw new InvalidOperationException();

    public static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    public static Leg Caller(string sid = CallerSid, string? identity = null) => new(sid, identity ?? "sip_+15550100001", LegRole.Caller);

    /// <summary>An agent of the name that the calls' dispatches ask for.</summary>
    public static Leg Agent(string sid = AgentSid, string? identity = null) =>
        new(sid, identity ?? $"agent-{sid}", LegRole.Agent) { AgentName = "acme" };

    /// <summary>An agent of another name, such as a transcriber.</summary>
    public static Leg Helper(string sid = "PA_helper", string name = "transcriber") =>
        new(sid, $"agent-{sid}", LegRole.Agent) { AgentName = name };

    public static Leg Human(string sid = "PA_human") =>
        new(sid, HumanIdentity.Of(Call), LegRole.Human) { SipCallStatus = LiveKitSipCallStatus.Ringing };

    /// <summary>One of the humans of the first handoff.</summary>
    public static Leg HandoffHuman(int index = 0, string status = LiveKitSipCallStatus.Ringing) =>
        new($"PA_handoff{index + 1}", HumanIdentity.OfHandoff(Call, 1, index), LegRole.Human) { SipCallStatus = status };

    public static Leg Other(LegRole role, string sid = "PA_other") => new(sid, $"other-{sid}", role);

    public static CallEvent Event(double at, CallFact fact, string? id = null) => new(id ?? $"EV_{at}_{fact}", At(at), fact);

    public static CallEvent InRoom(double at, CallFact fact, RoomSession? room = null) => Event(at, fact) with { Room = room ?? Room };

    public static CallEvent Joined(double at, Leg? leg = null, RoomSession? room = null) =>
        InRoom(at, new CallFact.LegJoined(leg ?? Caller()), room);

    /// <summary>Somebody leaves: a person by hanging up, an agent by dying.</summary>
    public static CallEvent Left(double at, Leg? leg = null, string? reason = null, RoomSession? room = null) => InRoom(
        at,
        new CallFact.LegLeft(
            leg ?? Caller(), reason ?? (leg is { Role: LegRole.Agent } ? LiveKitDisconnectReason.ConnectionTimeout : Hangup)),
        room);

    public static CallEvent Aborted(double at, Leg? leg = null) => InRoom(at, new CallFact.LegAborted(leg ?? Caller()));

    public static CallEvent Audio(double at, Leg? leg = null) =>
        InRoom(at, new CallFact.AudioPublished((leg ?? Agent()).Sid, (leg ?? Agent()).Identity));

    public static CallEvent Answered(double at, Leg? leg = null) =>
        InRoom(at, new CallFact.HumanAnswered((leg ?? Human()).Sid, (leg ?? Human()).Identity));

    public static CallEvent Started(double at, RoomSession? room = null) => InRoom(at, new CallFact.RoomStarted(), room);

    public static CallEvent Finished(double at, RoomSession? room = null) => InRoom(at, new CallFact.RoomFinished(), room);

    public static CallEvent EndRequested(double at) => Event(at, new CallFact.EndRequested(), "api:end");

    public static CallEvent Arrived(double at) =>
        Event(at, new CallFact.CallAnnounced("CA00000000000000000000000000000001", "+15550100001", "+15550100123"));

    public static CallEvent DialEnded(double at, string status) => Event(at, new CallFact.DialEnded(status, null, false));

    public static CallEvent TwilioLegEnded(double at, string status, bool isCaller) =>
        Event(at, new CallFact.TwilioLegEnded(status, isCaller));

    /// <summary>The agent asks for a human; nobody to call is one in a browser.</summary>
    public static CallEvent HandoffRequested(
        double at, HandoffMode mode = HandoffMode.Warm, int number = 1, bool mutes = false, params string[] humans) =>
        Event(at, new CallFact.HandoffRequested(number, mode, humans, 20) { MutesAgent = mutes, ByAgent = true }, $"handoff:{number}");

    public static EffectClaim Done(string key, double at, string result) =>
        new(key, ClaimStatus.Done, "somebody", 1, At(at)) { Result = result };

    public static EffectClaim Dispatched(double at, int epoch = 1) =>
        Done($"dispatch:{epoch}", at, $"created:AD_{epoch}") with { Agent = "acme" };

    public static EffectClaim Asked(double at) => Done(CallEffect.Reconcile.ClaimKey, at, "asked");

    public static EffectClaim Ended(double at, string cause = EndCause.CallerHangup) => Done(CallEffect.EndCall.ClaimKey, at, cause);

    public static EffectClaim Deleted(double at, int round = 1) => Done($"delete-room:{round}", at, "deleted");

    public static EffectClaim Held(string key, double at, double until) =>
        new(key, ClaimStatus.Intent, "somebody", 1, At(at)) { Until = At(until) };

    public static EffectClaim FailedUntil(string key, double at, double until) =>
        new(key, ClaimStatus.Failed, "somebody", 1, At(at)) { Until = At(until), Result = "why" };

    public static EffectClaim GivenUp(string key, double at) => new(key, ClaimStatus.GivenUp, "somebody", 36, At(at)) { Result = "why" };
}
