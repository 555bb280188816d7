namespace VoiceFunctions.Core.Routing;

/// <summary>An entry of the routes: which calls it is for, and their route. It has one key at most, and any number of conditions.</summary>
/// <param name="Route">The route.</param>
public sealed record RouteEntry(Route Route)
{
    /// <summary>The called number in E.164; <c>null</c> for another key.</summary>
    public string? Number { get; init; }

    /// <summary>What the called number begins with, a plus and digits; <c>null</c> for another key.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// The called address, where that is no number: an extension, a short code, a SIP user, or <c>sip:user@host</c> with the host in lower
    /// case; <c>null</c> for another key.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>What the caller's number begins with, each a plus and digits; empty for any caller.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The trunk by which the caller came to LiveKit; <c>null</c> for any.</summary>
    public string? Trunk { get; init; }

    /// <summary>The dispatch rule by which the caller came to LiveKit; <c>null</c> for any.</summary>
    public string? Rule { get; init; }

    /// <summary>How many conditions a call must meet besides the key.</summary>
    public int Conditions => (From.Count > 0 ? 1 : 0) + (Trunk is null ? 0 : 1) + (Rule is null ? 0 : 1);

    /// <summary>
    /// How well a call that may use the entry meets the conditions: the more of them, and then the longer a prefix of its caller, the
    /// higher; <c>null</c> where it does not meet them.
    /// </summary>
    /// <param name="query">The call.</param>
    /// <param name="caller">Its caller's number in E.164; <c>null</c> where there is none.</param>
    internal (int Conditions, int FromLength)? Fit(RouteQuery query, string? caller)
    {
        var from = From
            .Where(prefix => caller?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .Select(prefix => prefix.Length)
            .DefaultIfEmpty()
            .Max();
        var isMet = (From.Count == 0 || from > 0)
            && (Trunk is null || Trunk == query.TrunkId)
            && (Rule is null || Rule == query.RuleId)
            && (Route.Tenant is null || query.Tenant is null || Route.Tenant == query.Tenant);
        return isMet ? (Conditions, from) : null;
    }
}
