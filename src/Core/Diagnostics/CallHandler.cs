using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows one call's record, by its id.</summary>
public sealed class CallHandler(CallFinder calls, RoomNaming naming) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Call;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId)
            ? Show(await calls.FindAsync(callId, request.Credential, cancellationToken), naming)
            : Problem.BadCallId;

    /// <summary>A call's record; unknown for none.</summary>
    internal static GatewayResponse Show(CallState? state, RoomNaming naming) => state is null
        ? Problem.UnknownCall
        : GatewayResponse.Json(200, CallDetailRecord.Of(state, naming), JournalJson.Default.CallDetailRecord);
}
