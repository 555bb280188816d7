using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Says Committed although somebody else was faster: the claim check is gone.</summary>
internal sealed class UncheckedClaims(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        while ((await Inner.CommitAsync(callId, version, change, cancellationToken)).Outcome == CommitOutcome.Conflict)
        {
            version = (await Inner.ReadAsync(callId, cancellationToken)).Version;
        }

        return new StepOutcome(CommitOutcome.Committed);
    }
}

/// <summary>Decides a claim of one kind although somebody else was faster.</summary>
internal sealed class UncheckedClaim(ICallJournal inner, string prefix) : DelegatingJournal(inner)
{
    private readonly UncheckedClaims carefree = new(inner);

    public override ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        (change.Steps.Any(step => step.Claims.Any(claim => claim.Key.StartsWith(prefix, StringComparison.Ordinal))) ? carefree : Inner)
            .CommitAsync(callId, version, change, cancellationToken);
}

/// <summary>Writes the record as it was before the step.</summary>
internal sealed class RecordLags(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var before = CallDetailRecord.Of(CallState.Of(await Inner.ReadAsync(callId, cancellationToken)), CallWorld.Naming);
        var late = JournalChange.Of([.. change.Steps.Select(step => step with { Record = before })]);
        return await Inner.CommitAsync(callId, version, late, cancellationToken);
    }
}

/// <summary>Answers that an event is stored although the store was away.</summary>
internal sealed class AnswersAnyway(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.AppendAsync(callId, callEvent, watch, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return AppendOutcome.Appended;
        }
    }
}

/// <summary>Reads claims that somebody is at as if their lease were over.</summary>
internal sealed class ImpatientTakeover(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        var history = await Inner.ReadAsync(callId, cancellationToken);
        return history with
        {
            Claims = [.. history.Claims.Select(claim => claim.Status == ClaimStatus.Intent ? claim with { Until = claim.At } : claim)],
        };
    }
}

/// <summary>Compares the version in one step and writes in another.</summary>
internal sealed class ReadThenWrite(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var stored = await Inner.ReadAsync(callId, cancellationToken);
        return stored.Version == version || (version.Length == 0 && stored.Claims.Count == 0)
            ? await new UncheckedClaims(Inner).CommitAsync(callId, stored.Version, change, cancellationToken)
            : new StepOutcome(CommitOutcome.Conflict);
    }
}

/// <summary>Looks whether an event is there and then stores it, as a new one if it was not there at the look.</summary>
internal sealed class ReadThenAppend(ICallJournal inner) : DelegatingJournal(inner)
{
    private int copies;

    public override async ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        var history = await Inner.ReadAsync(callId, cancellationToken);
        if (history.Events.Any(known => known.Id == callEvent.Id))
        {
            return AppendOutcome.Duplicate;
        }

        while (await Inner.AppendAsync(callId, callEvent, watch, cancellationToken) == AppendOutcome.Duplicate)
        {
            callEvent = callEvent with { Id = $"{callEvent.Id}/{++copies}" };
        }

        return AppendOutcome.Appended;
    }
}

/// <summary>Claims that may be taken over as soon as they are made.</summary>
internal sealed class NoLease(ICallJournal inner) : DelegatingJournal(inner)
{
    public override ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        Inner.CommitAsync(
            callId,
            version,
            JournalChange.Of(
            [
                .. change.Steps.Select(step => step with
                {
                    Claims = [.. step.Claims.Select(claim => claim.Status == ClaimStatus.Intent ? claim with { Until = claim.At } : claim)],
                }),
            ]),
            cancellationToken);
}

/// <summary>Forgets to take a call that is done off the list.</summary>
internal sealed class NeverCloses(ICallJournal inner) : DelegatingJournal(inner)
{
    public override ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>Events come in without the call being listed: nobody looks for it after a crash.</summary>
internal sealed class Unwatched(ICallJournal inner) : DelegatingJournal(inner)
{
    public override async ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        var outcome = await Inner.AppendAsync(callId, callEvent, watch, cancellationToken);
        await Inner.CloseAsync(callId, cancellationToken);
        return outcome;
    }

    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var outcome = await Inner.CommitAsync(callId, version, change, cancellationToken);
        await Inner.CloseAsync(callId, cancellationToken);
        return outcome;
    }
}
