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
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && LiveKitToken.TryVerify(keyring, authorization, timeProvider.GetUtcNow(), out var token))
        {
            return AccessOutcome.Admitted(token);
        }

        LogRefused();
        return AccessOutcome.Refused(Problem.BadToken);
    }

    [LoggerMessage(1601, LogLevel.Warning, "A request for an agent's lease was refused: no valid token")]
    private partial void LogRefused();
}
