using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>Reads from a call's state what <see cref="CallCast"/> decides on.</summary>
internal static class CallCasting
{
    public static CallCast Of(CallState state)
    {
        var (leaseHolders, agents, helpers, isNameless) = (new List<string>(), new List<string>(), new List<string>(), false);
        foreach (var (_, lease) in state.Numbered(CallEffect.DispatchAgent.LeasePrefix))
        {
            Add(leaseHolders, lease.Result);
        }

        foreach (var (_, dispatch) in state.Dispatches)
        {
            Add(agents, dispatch.Agent);
            Add(agents, dispatch.EarlierAgent);
            isNameless |= dispatch.Agent is null;
        }

        foreach (var claim in state.EveryClaim)
        {
            if (claim.Key.StartsWith(CallEffect.DispatchHelper.ClaimPrefix, StringComparison.Ordinal))
            {
                Add(helpers, claim.Agent);
            }
        }

        var cast = new CallCast { LeaseHolders = leaseHolders, AgentNames = agents, HelperNames = helpers, IsNameless = isNameless };
        return FirstHeard(state, cast) is { } first ? cast with { FirstHeardSid = first } : cast;
    }

    private static void Add(List<string> names, string? name)
    {
        if (name is not null && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static string? FirstHeard(CallState state, CallCast cast)
    {
        foreach (var leg in state.EveryAgent)
        {
            if (SpeaksForItself(leg) && cast.IsInvited(leg.Leg!))
            {
                return null;
            }
        }

        return state.EveryAgent.Any() ? FirstHeardOf(state, cast) : null;
    }

    private static string? FirstHeardOf(CallState state, CallCast cast) =>
        state.EveryAgent
            .Where(leg => SpeaksForItself(leg) && !cast.IsHelper(leg.Leg!))
            .Select(leg => (leg.Sid, Heard: HeardFrom(state, leg)))
            .Where(agent => agent.Heard is not null)
            .OrderBy(agent => agent.Heard)
            .ThenBy(agent => agent.Sid, StringComparer.Ordinal)
            .FirstOrDefault().Sid;

    private static bool SpeaksForItself(LegState agent) => agent.Leg!.OnBehalfOf is null or "";

    /// <summary>From when on an agent is heard, by itself or through its avatar.</summary>
    private static DateTimeOffset? HeardFrom(CallState state, LegState agent) =>
        CallHearing.AvatarsOf(state, agent).Append(agent).Min(leg => leg.Audio?.Happened);
}
