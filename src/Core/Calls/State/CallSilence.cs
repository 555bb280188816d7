namespace VoiceFunctions.Core.Calls.State;

/// <summary>When the caller heard nobody, as far as the journal knows (<see cref="CallHearing"/>).</summary>
public static class CallSilence
{
    /// <summary>Since when nobody has been heard by the caller; <c>null</c> while somebody is, and before a caller came.</summary>
    public static DateTimeOffset? Since(CallState state)
    {
        if (state.Heard.Any(span => span.To is null))
        {
            return null;
        }

        var lastHeard = state.Heard.Max(span => span.To);
        return lastHeard > state.CallerSince ? lastHeard : state.CallerSince;
    }

    /// <summary>
    /// How long the caller heard nobody, from their joining to the end of the call or their leaving, whichever was first; <c>null</c>
    /// before the end, and where no caller came.
    /// </summary>
    public static TimeSpan? Total(CallState state)
    {
        if (state is not { EndedAt: { } until, CallerSince: { } silentFrom })
        {
            return null;
        }

        var silence = TimeSpan.Zero;
        foreach (var (from, to) in state.Heard.Select(span => (span.From, To: span.To ?? until)).OrderBy(heard => heard.From))
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
}
