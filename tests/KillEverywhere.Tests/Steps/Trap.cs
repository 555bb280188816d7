namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Counts the steps of a call, and kills the process once, at the chosen one.</summary>
/// <param name="spot">Where; <c>null</c> for nowhere.</param>
/// <param name="kill">Kills it, and returns when it is dead.</param>
internal sealed class Trap(Spot? spot, Func<Task> kill)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> counts = [];
    private readonly List<IReadOnlyList<GatewayStep>> requests = [];

    /// <summary>The steps of every request so far, in order.</summary>
    public IReadOnlyList<IReadOnlyList<GatewayStep>> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>Whether it has killed.</summary>
    public bool HasSprung { get; private set; }

    /// <summary>Numbers what a request does. One request can be several steps.</summary>
    public IReadOnlyList<GatewayStep> Count(IEnumerable<string> names)
    {
        lock (gate)
        {
            List<GatewayStep> counted = [.. names.Select(name => new GatewayStep(name, counts[name] = counts.GetValueOrDefault(name) + 1))];
            if (counted.Count > 0)
            {
                requests.Add(counted);
            }

            return counted;
        }
    }

    /// <summary>Kills the process where this is the spot.</summary>
    public async Task<bool> SpringsAsync(IReadOnlyList<GatewayStep> at, Side side)
    {
        lock (gate)
        {
            if (HasSprung || spot is null || spot.Side != side || !at.Contains(spot.Step))
            {
                return false;
            }

            HasSprung = true;
        }

        await kill();
        return true;
    }
}
