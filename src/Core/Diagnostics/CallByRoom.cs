using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows the record of a room's newest call.</summary>
public sealed class CallByRoom(ICallJournal journal, RoomNaming naming, CallFinder calls)
{
    /// <summary>The answer about a room.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<GatewayResponse> ShowAsync(string room, object? credential, CancellationToken cancellationToken)
    {
        var callId = naming.TryReadCallId(room, out var ours) ? ours : await journal.FindByRoomAsync(room, cancellationToken);
        return callId is null
            ? Problem.UnknownCall
            : CallHandler.Show(await calls.FindAsync(callId, credential, cancellationToken), naming);
    }
}
