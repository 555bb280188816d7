using System.Text.Json;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Consent;

/// <summary>
/// Takes the caller's answer from the voice agent, so that a call is recorded only if they agree, and no longer when they change their
/// mind. What the job sends is what it sent for its lease, and <c>granted</c>.
/// </summary>
/// <param name="consents">Takes the answer down.</param>
/// <param name="plainPrefix">What the identities of agents begin with that join by a plain token; <c>null</c> where there are none.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AgentConsentHandler(AgentConsents consents, string? plainPrefix, ILogger<AgentConsentHandler> logger)
    : IGatewayHandler
{
    private static readonly GatewayResponse Yes = new(200, "application/json", """{"consent":true}"""u8.ToArray());
    private static readonly GatewayResponse No = new(200, "application/json", """{"consent":false}"""u8.ToArray());

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentConsent;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var token = (LiveKitTokenClaims)request.Credential!;
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (Granted(request.Body) is not { } granted)
        {
            return Problem.BadParameter("granted is missing or neither true nor false.");
        }

        var answer = AgentLease.IsOwn(token, asked.Job, plainPrefix)
            ? await consents.SayAsync(asked, granted, token.Grants.Room, cancellationToken)
            : LeaseAnswer.NotItsOwn;
        LogAnswered(asked.Job, asked.Epoch, asked.CallId, granted, answer);
        return answer == LeaseAnswer.Granted ? granted ? Yes : No : AgentLeaseHandler.Refusal(answer);
    }

    /// <summary>The body is a JSON object: what else is in it was read before.</summary>
    private static bool? Granted(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("granted", out var granted)
            ? granted.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            }
            : null;
    }

    [LoggerMessage(
        1605, LogLevel.Information, "Job {Job} of epoch {Epoch} of call {CallId} says that the caller's consent is {Granted}: {Answer}")]
    private partial void LogAnswered(string job, int epoch, CallId callId, bool granted, LeaseAnswer answer);
}
