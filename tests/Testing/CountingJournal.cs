using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Testing;

/// <summary>A journal that counts what is asked of it.</summary>
public sealed class CountingJournal(ICallJournal inner) : DelegatingJournal(inner)
{
    public int Appends { get; private set; }

    public int Reads { get; private set; }

    public int Commits { get; private set; }

    public int Closings { get; private set; }

    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        Appends++;
        return base.AppendAsync(callId, callEvent, watch, cancellationToken);
    }

    public override ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        Reads++;
        return base.ReadAsync(callId, cancellationToken);
    }

    public override ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken)
    {
        Reads++;
        return base.HasStepsAsync(callId, cancellationToken);
    }

    public override ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        Commits++;
        return base.CommitAsync(callId, version, change, cancellationToken);
    }

    public override ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        Closings++;
        return base.CloseAsync(callId, cancellationToken);
    }
}
