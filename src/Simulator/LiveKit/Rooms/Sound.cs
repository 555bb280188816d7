namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>A time in which something could be heard.</summary>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; <c>null</c> while it goes on.</param>
/// <param name="Voice">What.</param>
public sealed record Sound(DateTimeOffset From, DateTimeOffset? Until, Voice Voice);
