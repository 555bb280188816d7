using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Costs;

/// <summary>Shows what one call cost, computed anew from what is stored.</summary>
/// <param name="trails">Reads the call.</param>
/// <param name="settings">Have the prices, and the routes, which tell how long a room may stay after the end.</param>
/// <param name="timeProvider">Tells how far a call that goes on reaches.</param>
internal sealed class CallCostHandler(CallTrails trails, GatewaySettings settings, TimeProvider timeProvider) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallCost;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => trails.AnswerAsync(
        Route,
        request,
        trail => GatewayResponse.Json(
            200, CallCosts.Of(trail, settings.Prices, settings.Routes, timeProvider.GetUtcNow()), CostJson.Default.CostSheet),
        cancellationToken);
}
