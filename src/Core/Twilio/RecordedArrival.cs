using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Twilio;

/// <summary>A voice webhook that was recorded, now or before.</summary>
/// <param name="CallId">The call to whose room the caller is to be brought.</param>
/// <param name="BeganAt">When the call's first event was received: its route's hours are those of that time.</param>
public sealed record RecordedArrival(CallId CallId, DateTimeOffset BeganAt);
