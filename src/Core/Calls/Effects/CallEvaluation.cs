using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>One look at a call: what the journal said, and what the policy made of it.</summary>
/// <param name="Story">The call's story. Its version lets an effect be claimed without another reading, if nobody changed the call since.</param>
/// <param name="Decision">What is next.</param>
/// <param name="At">The time that the policy was asked about.</param>
public sealed record CallEvaluation(CallHistory Story, CallDecision Decision, DateTimeOffset At);
