using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Redirects or hangs up, over Twilio's REST API, a caller whose call ended but whose room LiveKit cannot delete. Normally the deletion
/// ends the Dial and its action URL plays the fallback.
/// </summary>
public sealed partial class TwilioCallerRescue(
    ITwilioCalls calls, TwilioReplies replies, RouteTable routes, TimeProvider timeProvider, ILogger<TwilioCallerRescue> logger)
    : ICallerRescue
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<CallEvent>> RescueAsync(CallState state, CancellationToken cancellationToken)
    {
        if (state
            is not { Twilio: { Announced.Fact: CallFact.CallAnnounced announced, DialEnd: null, CallerLegEnd: null, LiveKitLegEnd: null } }
            || state.End is not { Result: { } cause and not EndCause.Transferred }
            || !state.LiveCallers.Any()
            || !CallSid.TryParse(announced.CallSid, out var callSid))
        {
            return [];
        }

        var hasFallback = cause is EndCause.NoAgent or EndCause.OverLimit
            || (cause == EndCause.Screened && !routes.Find(RouteQuery.Of(state)).IsRefused);
        var outcome = hasFallback
            ? await calls.RedirectAsync(announced.AccountSid, callSid, FallbackOf(state, announced), cancellationToken)
            : await calls.HangUpAsync(announced.AccountSid, callSid, cancellationToken);
        LogRescued(state.CallId, cause, outcome);
        return outcome == TwilioCallOutcome.Failed
            ? []
            : [new CallEvent(
                $"inferred:taken_over:{callSid}", timeProvider.GetUtcNow(), new CallFact.TwilioLegEnded("completed", IsCaller: false))
            {
                Inferred = true,
            }];
    }

    private string FallbackOf(CallState state, CallFact.CallAnnounced announced) => Encoding.UTF8.GetString(
        replies.Fallback(
            routes.Find(RouteQuery.Of(state)),
            CallParties.Of(announced.From, announced.To, announced.Direction),
            pass: TwilioPass.Of(state.CallId, announced.CallSid)).Body.Span);

    [LoggerMessage(
        1211,
        LogLevel.Warning,
        "LiveKit did not delete the room of ended call {CallId} ({Cause}); request to Twilio for its caller: {Outcome}")]
    private partial void LogRescued(CallId callId, string cause, TwilioCallOutcome outcome);
}
