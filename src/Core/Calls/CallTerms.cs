namespace VoiceFunctions.Core.Calls;

/// <summary>The times that a route sets for its calls.</summary>
/// <param name="DialTimeout">How long a caller may wait for the answer.</param>
/// <param name="MaxDuration">The longest a call may last, from the caller's joining.</param>
/// <param name="RoomGrace">How long after the end the room is left to the agent for its last words to other systems.</param>
public sealed record CallTerms(TimeSpan DialTimeout, TimeSpan MaxDuration, TimeSpan RoomGrace);
