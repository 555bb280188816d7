using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What is known of one session of the call's room.</summary>
public sealed record RoomState(string Sid)
{
    /// <summary>The first event of any kind that named the session.</summary>
    public required CallEvent FirstSeen { get; init; }

    /// <summary>The event of its end.</summary>
    public CallEvent? Finished { get; init; }

    /// <summary>The first webhook that said that it began.</summary>
    public CallEvent? Started { get; init; }

    /// <summary>
    /// The last webhook that said that it began, where that was another one: LiveKit's server crashed, and the session was revived.
    /// </summary>
    public CallEvent? Restarted { get; init; }

    /// <summary>The last event that it should go.</summary>
    public CallEvent? Abandoned { get; init; }
}
