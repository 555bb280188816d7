using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>A journal that can be away.</summary>
internal sealed class FragileJournal(ICallJournal inner) : DelegatingJournal(inner)
{
    public bool IsAway { get; set; }

    protected override ICallJournal Inner => IsAway ? throw new JournalUnavailableException("The store does not answer.") : base.Inner;

    public override ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(!IsAway);
}
