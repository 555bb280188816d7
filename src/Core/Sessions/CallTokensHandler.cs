using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Gives a tenant a token with which a human, a listener or a bot joins one of its calls.</summary>
internal sealed class CallTokensHandler(SessionDesk desk, CallTokens tokens) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallTokens;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (JsonRequest.Read(request.Body, SessionWebJson.Default.CallTokenRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        CallTokenRole? role = asked.Role switch
        {
            "human" => CallTokenRole.Human,
            "listener" => CallTokenRole.Listener,
            "bot" => CallTokenRole.Bot,
            _ => null,
        };
        if (role is null)
        {
            return Problem.BadParameter("role must be human, listener or bot.");
        }

        if (await desk.FindAsync(Route.ParameterOf(request.RawPath), request.Credential, cancellationToken) is not { } state)
        {
            return Problem.UnknownCall;
        }

        return tokens.Make(state, role.Value) is { } token
            ? GatewayResponse.Json(
                200,
                new CallTokenAnswer(token.Identity, token.Room, token.Text, token.Url, token.ExpiresAt),
                SessionWebJson.Default.CallTokenAnswer)
            : Problem.CallOver;
    }
}
