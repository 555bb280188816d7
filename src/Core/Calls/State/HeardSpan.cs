using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>A time in which the caller could hear somebody.</summary>
/// <param name="Leg">Whom.</param>
/// <param name="Part">The voice agent or a human.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; <c>null</c> while it goes on.</param>
public sealed record HeardSpan(LegState Leg, LegPart Part, DateTimeOffset From, DateTimeOffset? To);
