using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>Lets requests in that bring a LiveKit access token of the project, and gives the token's claims as the credential.</summary>
public sealed partial class AgentTokenVerifier(LiveKitKeyring keyring, TimeProvider timeProvider, ILogger<AgentTokenVerifier> logger)
    : IAccessCheck
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public AccessOutcome CheckHead(GatewayRequest request)
    {
        var authorization = request.Header("Authorization");
        LiveKitTokenClaims? token = null;
        var verification = authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            ? LiveKitToken.Verify(keyring, authorization, timeProvider.GetUtcNow(), out token)
            : TokenVerification.MissingToken;
        if (token is not null)
        {
            return AccessOutcome.Admitted(token);
        }

        TokenRefusals.Count(TokenRefusals.Lease, verification);
        LogRefused(verification);
        return AccessOutcome.Refused(Problem.BadToken);
    }

    [LoggerMessage(1601, LogLevel.Debug, "A request for an agent's lease was refused: {Verification}")]
    private partial void LogRefused(TokenVerification verification);
}
