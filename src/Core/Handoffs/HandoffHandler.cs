using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>
/// Answers requests for a handoff: of an agent's job, which sends its LiveKit token and what it sent for its lease, or of an operator. A
/// request that names nobody asks how the last handoff stands.
/// </summary>
/// <param name="route">The route: with the call's id in the path or in the body.</param>
/// <param name="desk">Takes requests down.</param>
/// <param name="settings">LiveKit's address and key, how numbers are read, routes and room names.</param>
/// <param name="timeProvider">Tells how long the call has lasted, and the time of tokens.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class HandoffHandler(
    GatewayRoute route, HandoffDesk desk, GatewaySettings settings, TimeProvider timeProvider, ILogger<HandoffHandler> logger)
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
            return Problem.BadParameter($"A call id has {CallId.Length} characters out of a-z and 2-7.");
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
    private HandoffEntry? EntryOf(CallState state)
    {
        var now = timeProvider.GetUtcNow();
        var left = state.CallerSince + settings.Routes.Find(RouteQuery.Of(state)).Timeouts.MaxDuration - now;
        if (state.Handoff is not { Request.InBrowser: true, Status: HandoffStatus.Queued or HandoffStatus.Connected }
            || state.End is not null
            || left is not { } lifetime
            || lifetime < TimeSpan.FromSeconds(1))
        {
            return null;
        }

        var room = state.Rooms.Name!;
        var url = new UriBuilder(settings.LiveKitHost.BaseUri);
        url.Scheme = url.Scheme == "http" ? "ws" : "wss";
        return new HandoffEntry(
            url.Uri.ToString().TrimEnd('/'),
            LiveKitToken.MintFor(
                settings.LiveKitKeys.Signing, HumanIdentity.Of(state.CallId), LiveKitGrants.JoinAsSpeaker(room), now, lifetime),
            room);
    }

    [LoggerMessage(1611, LogLevel.Information, "A handoff of call {CallId} was asked for, by {Asker}: {Status}")]
    private partial void LogAnswered(CallId callId, string asker, HandoffStatus? status);
}
