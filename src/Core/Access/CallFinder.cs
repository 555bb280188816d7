using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Access;

/// <summary>Finds calls for whoever asks. One that they may not see does not exist for them.</summary>
/// <param name="journal">Holds the calls.</param>
/// <param name="tenancy">Whose they are.</param>
public sealed class CallFinder(ICallJournal journal, CallTenancy tenancy)
{
    /// <summary>A call as it stands; <c>null</c> where there is none for whoever asks.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="credential">Who asks: an <see cref="ApiCaller"/> sees its own calls, all others see every call.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<CallState?> FindAsync(CallId callId, object? credential, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        return state.IsCall && tenancy.MaySee(credential, state) ? state : null;
    }
}
