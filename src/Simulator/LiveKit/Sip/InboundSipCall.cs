namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>An INVITE that arrives at LiveKit SIP.</summary>
/// <param name="From">The user part of the From header: the caller's number, or a word such as <c>anonymous</c>.</param>
/// <param name="To">The user part of the request URI.</param>
public sealed record InboundSipCall(string From, string To)
{
    /// <summary>The headers beyond SIP's own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The user that the caller's side can prove; <c>null</c> for none.</summary>
    public string? Username { get; init; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; init; }
}
