using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Sessions;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>
/// Answers requests for a handoff: of an agent's job, which sends its LiveKit token and what it sent for its lease, or of an operator. A
/// request that names nobody asks how the last handoff stands.
/// </summary>
/// <param name="route">The route: with the call's id in the path or in the body.</param>
/// <param name="desk">Takes requests down.</param>
/// <param name="tokens">Makes the token with which a human of a browser joins.</param>
/// <param name="settings">How numbers are read, and room names.</param>
/// <param name="timeProvider">Tells how long the call has lasted.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class HandoffHandler(
    GatewayRoute route,
    HandoffDesk desk,
    CallTokens tokens,
    GatewaySettings settings,
    TimeProvider timeProvider,
    ILogger<HandoffHandler> logger)
    : IGatewayHandler
{
    private readonly RoomNaming naming = new(settings.RoomPrefix);

    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var token = request.Credential as LiveKitTokenClaims;
        CallId? callId = null;
        if (Route.Template.Contains('{', StringComparison.Ordinal) && !CallId.TryParse(Route.ParameterOf(request.RawPath), out callId))
        {
            return Problem.BadCallId;
        }

        if (HandoffAsk.Parse(request.Body, callId, token is not null, naming, settings.Numbers, out var error) is not { } ask)
        {
            return Problem.BadParameter(error);
        }

        if (ask.Job is { } job && (job.CallId != ask.CallId || !AgentLease.IsOwn(token!, job.Job, settings.AgentIdentityPrefix)))
        {
            return Problem.BadToken;
        }

        var (state, refusal) = await desk.AskAsync(ask, request.Credential, cancellationToken);
        LogAnswered(ask.CallId, token is null ? "an operator" : "the agent", state?.Handoff?.Status);
        return state is null ? refusal! : HandoffAnswer.Of(state, EntryOf(state), timeProvider.GetUtcNow());
    }

    /// <summary>
    /// What lets a human of a browser in: as their own identity, into this room alone, to listen and to speak. It is good as long as the
    /// call may last, so that a page that is loaded anew comes back.
    /// </summary>
    private HandoffEntry? EntryOf(CallState state) =>
        state.Handoff is { Request.InBrowser: true, Status: HandoffStatus.Queued or HandoffStatus.Connected }
        && tokens.Make(state, CallTokenRole.Human) is { } token
            ? new HandoffEntry(token.Url, token.Text, token.Room)
            : null;

    [LoggerMessage(1611, LogLevel.Information, "A handoff of call {CallId} was asked for, by {Asker}: {Status}")]
    private partial void LogAnswered(CallId callId, string asker, HandoffStatus? status);
}
