namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>A room to create. Where it lives already, nothing of this is applied.</summary>
/// <param name="Name">The room's name, 1 to 256 characters. LiveKit would take an empty one for the name of one shared room.</param>
public sealed record LiveKitRoomRequest(string Name)
{
    /// <summary>How long the room stays open while nobody was in it yet, in whole seconds; <c>null</c> is LiveKit's default of 300 s.</summary>
    public TimeSpan? EmptyTimeout { get; init; }

    /// <summary>How long the room stays open after the last participant left who is no agent, in whole seconds; <c>null</c> is LiveKit's default of 20 s.</summary>
    public TimeSpan? DepartureTimeout { get; init; }

    /// <summary>What to attach to the room.</summary>
    public string Metadata { get; init; } = "";
}
