using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Routing;

/// <summary>What is known of a call when its route is looked up. Printing one shows no number.</summary>
/// <param name="Called">
/// Our own side of the call: the number or address that a caller called, or from which we called; <c>null</c> where it is not known.
/// </param>
public sealed record RouteQuery(string? Called)
{
    /// <summary>The far side: the caller, or whom we called; <c>null</c> where it was withheld.</summary>
    public string? Caller { get; init; }

    /// <summary>The trunk (<c>ST_…</c>) of a caller who came to LiveKit by a SIP trunk; <c>null</c> for a call of Twilio's.</summary>
    public string? TrunkId { get; init; }

    /// <summary>The dispatch rule (<c>SDR_…</c>) that let such a caller in; <c>null</c> for a call of Twilio's.</summary>
    public string? RuleId { get; init; }

    /// <summary>
    /// When the call began, UTC: the hours of its route are asked about that time; <c>null</c> for a time at which it is open, and for a
    /// call that we make, which has the hours of whom we call.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// What a call's state says. Trunk and rule count only for a call that Twilio has no part in: Twilio's are answered before LiveKit
    /// knows of them, and the route of a call does not change while it goes on.
    /// </summary>
    public static RouteQuery Of(CallState state)
    {
        var isOutbound = state.Direction == CallDirection.Outbound;
        var (own, far) = isOutbound ? (state.From, state.CalledNumber) : (state.CalledNumber, state.From);
        var leg = state.IsTwilios || state.Requests.First is not null ? null : state.FirstCaller;
        return new RouteQuery(own)
        {
            Caller = far,
            TrunkId = leg?.TrunkId,
            RuleId = leg?.RuleId,
            At = state.Requests.IsOutbound ? null : state.FirstEventAt,
            Tenant = state.Tenant,
            Screening = state.Screening.Verdict,
            Agent = state.Requests.Request?.Agent,
            AgentConfig = state.Requests.Request?.AgentConfig,
        };
    }

    /// <summary>Whose the call is: no route of another tenant is for it; <c>null</c> where it is nobody's, or that is asked.</summary>
    public string? Tenant { get; init; }

    /// <summary>What was decided before an agent was sent; <c>null</c> where nothing was.</summary>
    public CallFact.CallScreened? Screening { get; init; }

    /// <summary>The name of the agent that was asked for with the call; <c>null</c> for the route's.</summary>
    public string? Agent { get; init; }

    /// <summary>What else was asked for of the agent, JSON as an agent of the routes; <c>null</c> for nothing.</summary>
    public string? AgentConfig { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TrunkId} {RuleId}".Trim();
}
