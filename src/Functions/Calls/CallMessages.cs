using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Functions.Calls;

// What an orchestration and its activities say to each other. Each is stored in the history, so it is small, holds no personal data, and a
// change of it is a change of version. The decision stands inside a record because a serializer that is handed a case itself leaves its
// discriminator out.

/// <summary>Asks an activity to advance a call.</summary>
/// <param name="CallId">The call.</param>
/// <param name="At">The orchestration's time.</param>
public sealed record AdvanceInput(string CallId, DateTimeOffset At);

/// <summary>What is next for the call.</summary>
public sealed record AdvanceResult(CallDecision Decision);
