using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;

namespace VoiceFunctions.Storage;

/// <summary>Journals that live in the process.</summary>
public sealed class InMemoryJournals : IJournals
{
    /// <inheritdoc/>
    public Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        Task.FromResult<ICallJournal>(new InMemoryCallJournal(clock));
}
