using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What is known of one audio track of a leg: the first event of each kind.</summary>
/// <param name="Published">The event that it is published; <c>null</c> while only its end was seen.</param>
/// <param name="Unpublished">The event that it is published no longer.</param>
public sealed record TrackState(CallEvent? Published, CallEvent? Unpublished);
