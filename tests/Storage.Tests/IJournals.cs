using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>Makes fresh journals of one kind, so that every kind runs the same contract.</summary>
public interface IJournals
{
    /// <summary>An empty journal that nobody else uses.</summary>
    Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken);
}
