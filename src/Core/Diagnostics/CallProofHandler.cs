using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>
/// Shows the proof of one call, computed anew from what is stored. It can have tens of megabytes, so it is written piece by piece.
/// </summary>
public sealed class CallProofHandler(ICallJournal journal, RouteTable routes, RoomScope scope) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallProof;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        var rows = await journal.ReadRowsAsync(callId, cancellationToken);
        if (rows.Count == 0)
        {
            return Problem.UnknownCall;
        }

        var proof = CallAuditor.Audit(callId, rows, routes, scope);
        return GatewayResponse.StreamedJson((destination, stopping) =>
            JsonSerializer.SerializeAsync(destination, proof, ProofJson.Default.CallProof, stopping));
    }
}
