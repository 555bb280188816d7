using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State.Recorded;

/// <summary>What is known of one recording: the first event of each kind. Any of them can be the only one that ever comes.</summary>
/// <param name="EgressId">LiveKit's id of it.</param>
/// <param name="File">What its file holds.</param>
public sealed record RecordingState(string EgressId, RecordingFile File)
{
    /// <summary>The event that LiveKit has taken it.</summary>
    public CallEvent? Started { get; init; }

    /// <summary>The event that it records.</summary>
    public CallEvent? Active { get; init; }

    /// <summary>The event that it is over. LiveKit's own word counts more than that it had none.</summary>
    public CallEvent? Ended { get; init; }

    /// <summary>How it ended; <c>null</c> while it goes on.</summary>
    public CallFact.RecordingEnded? End => Ended?.Fact as CallFact.RecordingEnded;

    /// <summary>Whether it goes on as far as is known.</summary>
    public bool GoesOn => Ended is null;

    /// <summary>When it was first known.</summary>
    public DateTimeOffset Since => new[] { Started, Active, Ended }.Min(known => known?.At)!.Value;
}
