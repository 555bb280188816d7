using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>
/// Answers what is computed anew from a call's stored rows, to whoever may see the call. Rows that no gateway writes are of no call.
/// </summary>
/// <param name="journal">Holds the calls.</param>
/// <param name="tenancy">Whose they are.</param>
internal sealed class CallTrails(ICallJournal journal, CallTenancy tenancy)
{
    /// <summary>Answers about the call that a request's path names.</summary>
    /// <param name="route">The route.</param>
    /// <param name="request">The request.</param>
    /// <param name="answer">Computes the answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async ValueTask<GatewayResponse> AnswerAsync(
        GatewayRoute route, GatewayRequest request, Func<AuditTrail, GatewayResponse> answer, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        var rows = await journal.ReadRowsAsync(callId, cancellationToken);
        try
        {
            return new AuditTrail(callId, rows) is { Now.IsCall: true } trail && tenancy.MaySee(request.Credential, trail.Now)
                ? answer(trail)
                : Problem.UnknownCall;
        }
        catch (Exception nonsense) when (AuditTrail.IsNonsense(nonsense))
        {
            return Problem.UnknownCall;
        }
    }
}
