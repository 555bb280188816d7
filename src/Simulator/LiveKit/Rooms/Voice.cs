namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>What the audio of a participant is to whoever listens.</summary>
public enum Voice
{
    /// <summary>Nothing, though the track is there.</summary>
    Silence,

    /// <summary>The ringing tone that is played until a dialled phone is answered.</summary>
    RingingTone,

    /// <summary>An AI agent.</summary>
    Agent,

    /// <summary>A human.</summary>
    Human,
}
