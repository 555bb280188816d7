namespace VoiceFunctions.Core.Routing;

/// <summary>The times that a route sets for its calls.</summary>
/// <param name="DialTimeout">How long a caller may wait for the answer.</param>
/// <param name="MaxDuration">The longest a call may last, from the caller's joining.</param>
/// <param name="RoomGrace">How long after the end the room is left to the agent for its last words to other systems.</param>
/// <param name="Silence">What is done, and when, for a caller who hears nobody.</param>
public sealed record CallTimeouts(TimeSpan DialTimeout, TimeSpan MaxDuration, TimeSpan RoomGrace, SilenceTimeouts Silence)
{
    /// <summary>How long a caller may hear nobody before they are handed over.</summary>
    public TimeSpan Handover => Silence.Handover ?? DialTimeout;

    /// <summary>Whether every step against silence comes before the next, so that each can happen.</summary>
    public bool SilenceIsInOrder => Silence.Redispatch < (Silence.HasReserve ? Silence.Reserve : Handover) && (!Silence.HasReserve || Silence.Reserve < Handover);
}
