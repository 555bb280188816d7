namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>A room to create. If the room exists, LiveKit ignores these values.</summary>
/// <param name="Name">The room's name, 1 to 256 characters. LiveKit accepts an empty name, as the name of one shared room.</param>
public sealed record LiveKitRoomRequest(string Name)
{
    /// <summary>
    /// How long the room stays open before the first participant joins, in whole seconds; <c>null</c> is LiveKit's default of 300 s.
    /// </summary>
    public TimeSpan? EmptyTimeout { get; init; }

    /// <summary>
    /// How long the room stays open after the last participant left, not counting agents, in whole seconds; <c>null</c> is LiveKit's
    /// default of 20 s.
    /// </summary>
    public TimeSpan? DepartureTimeout { get; init; }

    /// <summary>The room's metadata.</summary>
    public string Metadata { get; init; } = "";
}
