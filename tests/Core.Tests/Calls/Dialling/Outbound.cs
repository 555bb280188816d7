using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Outbound;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>Events and claims of a call that somebody asked for over the API.</summary>
internal static class Outbound
{
    public const string Number = "+15550100123";

    public static readonly CallTimeouts Redialling = Timeouts with
    {
        Outbound = OutboundTerms.Default with
        {
            Redial = new RedialTerms(new HashSet<string> { EndCause.Busy, EndCause.NoAnswer }, 2, TimeSpan.FromSeconds(60)),
        },
    };

    public static CallEvent Requested(double at, DateTimeOffset? notBefore = null) => Event(
        at, new CallFact.CallRequested { Tenant = "golf", To = Number, From = "+15550100199", NotBefore = notBefore });

    /// <summary>The room was opened for an attempt.</summary>
    public static EffectClaim Opened(double at, int round = 1) => Done(round == 1 ? "open-room" : $"open-room:{round}", at, "opened");

    /// <summary>The phone was called.</summary>
    public static EffectClaim Rings(double at, int attempt = 1) => Done($"dial:{attempt}", at, "rings:SCL_1");

    public static Leg Callee(string status = LiveKitSipCallStatus.Dialing, string sid = "PA_callee") =>
        new(sid, CalleeIdentity.Of(Call), LegRole.Caller) { SipCallStatus = status };

    /// <summary>The callee's leg leaves.</summary>
    public static CallEvent Gone(double at, string reason, string status = LiveKitSipCallStatus.Ringing) =>
        Left(at, Callee(status), reason);

    /// <summary>Asked for, opened, and the agent is there and holds its lease.</summary>
    public static Scene Ready { get; } =
        new(Requested(0), Opened(0), Started(0), Dispatched(0), Joined(1, Agent(identity: "agent-AJ_1")), Done("lease:1", 1, "AJ_1"));

    /// <summary>The phone rings.</summary>
    public static Scene Ringing { get; } = Ready.And(Rings(2), Joined(2, Callee()));
}
