using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>Reads from a call's state what <see cref="CallCast"/> decides on.</summary>
internal static class CallCasting
{
    public static CallCast Of(CallState state)
    {
        var dispatches = state.Dispatches.Select(dispatch => dispatch.Claim).ToList();
        var cast = new CallCast
        {
            LeaseHolders = [.. state.Numbered(CallEffect.DispatchAgent.LeasePrefix).Select(lease => lease.Claim.Result).OfType<string>()],
            AgentNames = [.. dispatches.SelectMany(claim => new[] { claim.Agent, claim.EarlierAgent }).OfType<string>().Distinct()],
            HelperNames = [.. state.Claims.Values
                .Where(claim => claim.Key.StartsWith(CallEffect.DispatchHelper.ClaimPrefix, StringComparison.Ordinal))
                .Select(claim => claim.Agent)
                .OfType<string>()],
            IsNameless = dispatches.Exists(claim => claim.Agent is null),
        };
        return cast with { FirstHeardSid = FirstHeard(state, cast) };
    }

    private static string? FirstHeard(CallState state, CallCast cast)
    {
        var agents = state.Legs.All.Where(leg => leg is { WasThere: true, Role: LegRole.Agent, Leg.OnBehalfOf: null or "" }).ToList();
        if (agents.Exists(leg => cast.IsInvited(leg.Leg!)))
        {
            return null;
        }

        return agents
            .Where(leg => !cast.IsHelper(leg.Leg!))
            .Select(leg => (leg.Sid, Heard: HeardFrom(state, leg)))
            .Where(agent => agent.Heard is not null)
            .OrderBy(agent => agent.Heard)
            .ThenBy(agent => agent.Sid, StringComparer.Ordinal)
            .FirstOrDefault().Sid;
    }

    /// <summary>From when on an agent is heard, by itself or through its avatar.</summary>
    private static DateTimeOffset? HeardFrom(CallState state, LegState agent) =>
        CallHearing.AvatarsOf(state, agent).Append(agent).Min(leg => leg.Audio?.Happened);
}
