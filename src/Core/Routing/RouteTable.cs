namespace VoiceFunctions.Core.Routing;

/// <summary>Finds the route of a called number: by the exact number, else by the longest prefix, else the default.</summary>
/// <param name="fallback">The default route.</param>
/// <param name="exact">Routes by number in E.164.</param>
/// <param name="prefixes">Routes by number prefix.</param>
public sealed class RouteTable(Route fallback, IReadOnlyDictionary<string, Route> exact, IReadOnlyDictionary<string, Route> prefixes)
{
    private readonly KeyValuePair<string, Route>[] longestFirst = [.. prefixes.OrderByDescending(prefix => prefix.Key.Length)];

    /// <summary>The route of every number without a route of its own.</summary>
    public Route Default { get; } = fallback;

    /// <summary>The route of a called number. <c>null</c>, an address that is no number, and an unknown number get the default.</summary>
    public Route Find(string? calledNumber)
    {
        if (calledNumber is null)
        {
            return Default;
        }

        // Some trunks send E.164 without the plus.
        if (calledNumber is [>= '1' and <= '9', ..])
        {
            calledNumber = "+" + calledNumber;
        }

        if (exact.TryGetValue(calledNumber, out var route))
        {
            return route;
        }

        foreach (var (prefix, candidate) in longestFirst)
        {
            if (calledNumber.StartsWith(prefix, StringComparison.Ordinal))
            {
                return candidate;
            }
        }

        return Default;
    }
}
