namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// What a caller heard, as far as the journal knows: an agent is heard from its first audio on, a human from their
/// answer on, until they leave.
/// </summary>
public static class CallSilence
{
    /// <summary>Since when nobody has been heard by the caller; <c>null</c> while somebody is, and before a caller came.</summary>
    public static DateTimeOffset? Since(CallState state)
    {
        if (state.Legs.All.Any(leg => leg.HeardFrom is not null && state.IsLive(leg)))
        {
            return null;
        }

        // After a crash LiveKit sends participant_joined for the returning agent but no participant_left: the old leg counts as audible
        // until then.
        var newest = state.Agents.Max(leg => leg.Since);
        var lastHeard = state.Legs.All.Where(leg => leg.HeardFrom is not null).Max(leg => leg.Left?.At ?? newest);
        return lastHeard > state.CallerSince ? lastHeard : state.CallerSince;
    }

    /// <summary>
    /// How long the caller heard nobody, from their joining to the end of the call or their leaving, whichever was first; <c>null</c>
    /// before the end, and where no caller came.
    /// </summary>
    public static TimeSpan? Total(CallState state)
    {
        if (state is not { End: { } end, CallerSince: { } silentFrom })
        {
            return null;
        }

        var gone = state.Callers.All(leg => leg.Left is not null) ? state.Callers.Max(leg => leg.Left!.At) : end.At;
        var until = gone < end.At ? gone : end.At;
        var silence = TimeSpan.Zero;
        foreach (var (from, to) in state.Legs.All.Where(leg => leg.HeardFrom is not null)
            .Select(leg => (From: leg.HeardFrom!.Value, To: HeardUntil(state, leg) ?? until))
            .OrderBy(heard => heard.From))
        {
            if (from > silentFrom)
            {
                silence += (from < until ? from : until) - silentFrom;
            }

            silentFrom = to > silentFrom ? to : silentFrom;
            if (silentFrom >= until)
            {
                return silence;
            }
        }

        return until > silentFrom ? silence + (until - silentFrom) : silence;
    }

    private static DateTimeOffset? HeardUntil(CallState state, LegState leg) => leg.Left?.At ?? state.RoomOverAt(leg);
}
