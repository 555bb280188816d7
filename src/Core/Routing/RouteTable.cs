namespace VoiceFunctions.Core.Routing;

/// <summary>Finds the route of a called number: the exact number, else the longest prefix, else the default.</summary>
/// <param name="fallback">The default route.</param>
/// <param name="exact">Routes by number in E.164.</param>
/// <param name="prefixes">Routes by the first characters of the number.</param>
public sealed class RouteTable(Route fallback, IReadOnlyDictionary<string, Route> exact, IReadOnlyDictionary<string, Route> prefixes)
{
    private readonly KeyValuePair<string, Route>[] longestFirst = [.. prefixes.OrderByDescending(prefix => prefix.Key.Length)];

    /// <summary>The route of everybody whose number has none of its own.</summary>
    public Route Default { get; } = fallback;

    /// <summary>The route of a called number; <c>null</c>, an address that is no number, and an unknown number have the default.</summary>
    public Route Find(string? calledNumber)
    {
        if (calledNumber is null)
        {
            return Default;
        }

        // Some trunks leave the plus of E.164 away.
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
