using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Requests;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Begins and finds calls whose caller joins with a token, for the routes that do so.</summary>
/// <param name="requester">Begins calls.</param>
/// <param name="journal">Holds them.</param>
/// <param name="calls">Finds them.</param>
/// <param name="routes">Say which agents there can be.</param>
/// <param name="tokens">Makes the callers' tokens.</param>
/// <param name="isEnabled">Whether new calls are accepted.</param>
internal sealed class SessionDesk(
    CallRequester requester, ICallJournal journal, CallFinder calls, RouteTable routes, CallTokens tokens, bool isEnabled)
{
    /// <summary>Begins a call, or finds the one that began under the same key; otherwise says why not.</summary>
    public async Task<(StartedSession? Started, GatewayResponse? Refusal)> BeginAsync(
        CallFact.CallRequested request, string? key, CancellationToken cancellationToken)
    {
        if (RequestFields.AgentFault(request, routes) is { } fault)
        {
            return (null, Problem.BadParameter(fault));
        }

        if (!isEnabled)
        {
            return (null, Problem.TelephonyDisabled);
        }

        if (await requester.BeginAsync(request, key, cancellationToken) is not { } call)
        {
            return (null, Problem.KeyReused);
        }

        if (call.IsOverLimit)
        {
            return (null, Problem.TooManyCalls);
        }

        var state = CallState.Of(await journal.ReadAsync(call.CallId, cancellationToken));
        return tokens.Make(state, CallTokenRole.Caller) is { } token
            ? (new StartedSession(state, token), null)
            : (null, Problem.CallOver);
    }

    /// <summary>A call by its id as a client writes it; <c>null</c> where there is none that this client may see.</summary>
    public async Task<CallState?> FindAsync(string id, object? credential, CancellationToken cancellationToken) =>
        SessionWords.ReadCallId(id) is { } callId ? await calls.FindAsync(callId, credential, cancellationToken) : null;
}
