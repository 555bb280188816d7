using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Functions.Calls;

// What an orchestration and its activities say to each other. Each is stored in the history, so it is small, holds no personal data, and a change of it is a change of version. The families
// stand inside records because a serializer that is handed a case itself leaves its discriminator out.

/// <summary>Asks what is next for a call.</summary>
/// <param name="CallId">The call.</param>
/// <param name="At">The orchestration's time.</param>
public sealed record AdvanceInput(string CallId, DateTimeOffset At);

/// <summary>What is next for a call.</summary>
public sealed record AdvanceResult(CallDecision Decision);

/// <summary>Asks for an effect.</summary>
/// <param name="CallId">The call.</param>
/// <param name="At">The orchestration's time.</param>
/// <param name="Effect">What was decided.</param>
public sealed record EffectOrder(string CallId, DateTimeOffset At, CallEffect Effect);
