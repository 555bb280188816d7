using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>One evaluation of a call: what the journal held, and what the policy made of it.</summary>
/// <param name="History">
/// The call's history. Its version lets an effect be claimed without another read, if nobody changed the call since.
/// </param>
/// <param name="State">What the history adds up to.</param>
/// <param name="Route">The route of the called number.</param>
/// <param name="Decision">What is next.</param>
/// <param name="At">The time that the policy was asked about.</param>
public sealed record CallEvaluation(CallHistory History, CallState State, Route Route, CallDecision Decision, DateTimeOffset At)
{
    /// <summary>The call as this evaluation knew it.</summary>
    internal CallSnapshot Known => new(History, State);

    /// <summary>The same about the call as it is known now; nobody has asked what is next for it.</summary>
    internal CallEvaluation As(CallSnapshot known) => this with { History = known.History, State = known.State };
}
