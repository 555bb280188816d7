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
    public static TimeSpan? Total(CallState state) => state is { EndedAt: { } until, CallerSince: not null }
        ? Spans(state, until).Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From))
        : null;

    /// <summary>When the caller heard nobody, in the order of time; none before a caller came.</summary>
    /// <param name="state">The call.</param>
    /// <param name="until">The end of the call; of one that goes on, now.</param>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(CallState state, DateTimeOffset until)
    {
        if (state.CallerSince is not { } silentFrom)
        {
            yield break;
        }

        foreach (var (from, to) in state.Heard.Select(span => (span.From, To: span.To ?? until)).OrderBy(heard => heard.From))
        {
            if (silentFrom >= until)
            {
                yield break;
            }

            if (from > silentFrom)
            {
                yield return (silentFrom, from < until ? from : until);
            }

            silentFrom = to > silentFrom ? to : silentFrom;
        }

        if (until > silentFrom)
        {
            yield return (silentFrom, until);
        }
    }
}
