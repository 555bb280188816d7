using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows the proof of one call, computed anew from what is stored.</summary>
public sealed class CallProofHandler(ICallJournal journal, RouteTable routes) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallProof;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadParameter($"A call id has {CallId.Length} characters out of a-z and 2-7.");
        }

        var rows = await journal.ReadRowsAsync(callId, cancellationToken);
        return rows.Count == 0
            ? Problem.UnknownCall
            : new GatewayResponse(
                200,
                "application/json",
                JsonSerializer.SerializeToUtf8Bytes(CallAuditor.Audit(callId, rows, routes), ProofJson.Default.CallProof));
    }
}
