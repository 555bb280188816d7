namespace VoiceFunctions.Core.Calls.Events;

/// <summary>An event and the call it belongs to.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Event">The event.</param>
/// <param name="Tracking">Whether the event shows a call that somebody must look after.</param>
public sealed record ReceivedEvent(CallId CallId, CallEvent Event, Tracking Tracking);
