using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What is known of one session of the call's room.</summary>
public sealed record RoomState(string Sid)
{
    /// <summary>The first event of any kind that named the session.</summary>
    public required CallEvent FirstSeen { get; init; }

    /// <summary>The event of its end.</summary>
    public CallEvent? Finished { get; init; }

    /// <summary>The last event that it should go.</summary>
    public CallEvent? Abandoned { get; init; }
}
