using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Has it decided at once whether a call is let in, because Twilio waits for what is said to its caller.</summary>
/// <param name="advancer">Does what is due.</param>
/// <param name="journal">Tells what came of it.</param>
public sealed class TwilioAdmission(CallAdvancer advancer, ICallJournal journal)
{
    /// <summary>
    /// What was decided; <c>null</c> where nobody knows yet: then the call's workflow decides, and its caller gets what is decided by way
    /// of the Dial's end.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<CallFact.CallScreened?> DecideAsync(CallId callId, CancellationToken cancellationToken)
    {
        await advancer.DispatchInlineAsync(callId, EventIngestor.InlineBudget, cancellationToken);
        return CallState.Of(await journal.ReadAsync(callId, cancellationToken)).Screening.Verdict;
    }
}
