namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>Where inbound calls come in: which numbers, with which password, and where they go. X-headers become attributes.</summary>
/// <param name="Id">The trunk's id, <c>ST_…</c>.</param>
/// <param name="Rule">Where its calls go.</param>
public sealed record SipTrunk(string Id, SipDispatchRule Rule)
{
    /// <summary>The called users it takes; none means every one.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The user of the digest authentication; <c>null</c> asks for none.</summary>
    public string? Username { get; init; }

    /// <summary>The password of the digest authentication.</summary>
    public string? Password { get; init; }

    /// <summary>How long a call may ring. Default 3 min.</summary>
    public TimeSpan RingingTimeout { get; init; } = TimeSpan.FromMinutes(3);

    internal bool Admits(InboundSipCall call) => Username is null || (Username == call.Username && Password == call.Password);
}
