using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Console;

/// <summary>Tells the console once how the calls that go on stand.</summary>
/// <param name="desk">Looks at them.</param>
internal sealed class ConsoleCallsHandler(ConsoleDesk desk) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.ConsoleCalls;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        GatewayResponse.Json(200, await desk.LookAsync(request.Credential, cancellationToken), ConsoleJson.Default.ConsoleCalls);
}
