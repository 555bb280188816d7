using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Costs;

/// <summary>Shows what one call cost, computed anew from what is stored.</summary>
public sealed class CallCostHandler(ICallJournal journal, CallTenancy tenancy, PriceList prices, RouteTable routes, TimeProvider time)
    : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallCost;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        var rows = await journal.ReadRowsAsync(callId, cancellationToken);
        return rows.Count > 0 && new AuditTrail(callId, rows) is { Now.IsCall: true } trail && tenancy.MaySee(request.Credential, trail.Now)
            ? GatewayResponse.Json(200, CallCosts.Of(trail, prices, routes, time.GetUtcNow()), CostJson.Default.CostSheet)
            : Problem.UnknownCall;
    }
}
