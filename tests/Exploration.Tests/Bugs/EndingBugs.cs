using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Answers that a call will end, and does not write the wish down.</summary>
internal sealed class ForgetsWishes(ICallJournal inner) : DelegatingJournal(inner)
{
    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        callEvent.Fact is CallFact.EndRequested
            ? ValueTask.FromResult(AppendOutcome.Appended)
            : Inner.AppendAsync(callId, callEvent, watch, cancellationToken);
}
