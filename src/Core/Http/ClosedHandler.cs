using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Http;

/// <summary>A signed route whose sender is switched off: nothing is authentic.</summary>
internal sealed class ClosedHandler(GatewayRoute route) : IGatewayHandler
{
    public GatewayRoute Route => route;

    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(Problem.BadSignature);
}
