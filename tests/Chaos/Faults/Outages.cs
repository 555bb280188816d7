namespace VoiceFunctions.Chaos.Faults;

/// <summary>When no gateway could work, and what was done to those that could; written while the run goes on.</summary>
internal sealed class Outages
{
    private readonly Lock gate = new();
    private readonly List<Span> spans = [];
    private readonly List<DateTimeOffset> shocks = [];

    /// <summary>How much longer than a local host the gateways' engine may take to notice that a host died.</summary>
    public TimeSpan Engine { get; init; }

    /// <summary>From when until when nothing could work: every host was down, or the storage stood still.</summary>
    public sealed record Span(DateTimeOffset From, DateTimeOffset Until);

    /// <summary>Something happened after which an event may be told again: a kill, or the storage standing still.</summary>
    public void Shock(DateTimeOffset at)
    {
        lock (gate)
        {
            shocks.Add(at);
        }
    }

    /// <summary>Nothing could work in this time.</summary>
    public void Add(DateTimeOffset from, DateTimeOffset until)
    {
        lock (gate)
        {
            spans.Add(new Span(from, until));
        }
    }

    /// <summary>How much of a time a gateway could work.</summary>
    public TimeSpan Able(DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from)
        {
            return TimeSpan.Zero;
        }

        lock (gate)
        {
            var able = until - from;
            var covered = from;
            foreach (var span in spans.OrderBy(span => span.From))
            {
                var begin = span.From > covered ? span.From : covered;
                var end = span.Until < until ? span.Until : until;
                if (end > begin)
                {
                    able -= end - begin;
                    covered = end;
                }
            }

            return able;
        }
    }

    /// <summary>Whether there was a shock in this time.</summary>
    public bool AnyShock(DateTimeOffset from, DateTimeOffset until)
    {
        lock (gate)
        {
            return shocks.Exists(shock => shock >= from && shock <= until);
        }
    }
}
