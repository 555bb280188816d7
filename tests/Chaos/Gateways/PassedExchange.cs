namespace VoiceFunctions.Chaos.Gateways;

/// <summary>A request and what came of it, as the balancer saw them.</summary>
/// <param name="Request">The request.</param>
/// <param name="Answer">The answer, a gateway's or the balancer's own.</param>
/// <param name="Took">How long the answer took.</param>
/// <param name="IsForged">Whether the request was forged.</param>
internal sealed record PassedExchange(PassedRequest Request, PassedAnswer Answer, TimeSpan Took, bool IsForged);

/// <summary>A request that is passed on.</summary>
internal sealed record PassedRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The path without the query.</summary>
    public string Path => Target.Split('?')[0];
}

/// <summary>An answer that is passed back.</summary>
internal sealed record PassedAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The exchange broke off: nobody knows whether it was done.</summary>
    public static PassedAnswer BadGateway { get; } = new(502, [], []);

    /// <summary>No gateway was there.</summary>
    public static PassedAnswer Unavailable { get; } = new(503, [], []);
}
