using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows the record of a room's newest call.</summary>
public sealed class CallByRoomHandler(ICallJournal journal, RoomNaming naming) : IGatewayHandler
{
    private const string Parameter = "room=";

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallByRoom;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var query = request.RawQuery.ToString().Split('&').FirstOrDefault(part => part.StartsWith(Parameter, StringComparison.Ordinal));
        if (query is null || Uri.UnescapeDataString(query[Parameter.Length..]) is not { Length: > 0 } room)
        {
            return Problem.BadParameter("The room's name is missing: /calls?room=NAME, with + as %2B.");
        }

        var callId = naming.TryReadCallId(room, out var ours) ? ours : await journal.FindByRoomAsync(room, cancellationToken);
        return callId is null ? Problem.UnknownCall : await CallHandler.ShowAsync(journal, callId, naming, _ => true, cancellationToken);
    }
}
