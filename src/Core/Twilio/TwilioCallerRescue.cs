using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Helps callers whose call is over but whose room LiveKit will not let go. As a rule the room's deletion hangs up Twilio's leg, and its Dial's result brings the caller to the fallback; while LiveKit
/// does not answer, that never comes, and the caller sits in silence.
/// </summary>
public sealed partial class TwilioCallerRescue(ITwilioCalls calls, TwilioReplies replies, RouteTable routes, TimeProvider timeProvider, ILogger<TwilioCallerRescue> logger)
{
    /// <summary>Takes a caller who is still on the line over to where the room's deletion would have brought them.</summary>
    /// <returns>What was learnt: Twilio's leg to LiveKit is gone. Journaled, it keeps the caller from being taken over twice.</returns>
    public async Task<IReadOnlyList<CallEvent>> HelpAsync(CallState state, CancellationToken cancellationToken)
    {
        if (state is not { Arrival.Fact: CallFact.CallAnnounced arrived, End.Result: { } cause, DialEnd: null, CallerLegEnd: null, LiveKitLegEnd: null }
            || !state.LiveCallers.Any()
            || !CallSid.TryParse(arrived.CallSid, out var callSid))
        {
            return [];
        }

        var outcome = cause == EndCause.NoAgent
            ? await calls.RedirectAsync(callSid, Encoding.UTF8.GetString(replies.Fallback(routes.Find(state.CalledNumber)).Body.Span), cancellationToken)
            : await calls.HangUpAsync(callSid, cancellationToken);
        LogHelped(state.CallId, cause, outcome);
        return outcome == TwilioCallOutcome.Failed
            ? []
            : [new CallEvent($"inferred:taken_over:{callSid}", timeProvider.GetUtcNow(), new CallFact.TwilioLegEnded("completed", IsCaller: false)) { Inferred = true }];
    }

    [LoggerMessage(1601, LogLevel.Warning, "LiveKit does not let go of call {CallId}, which ended with {Cause}; taking its caller over at Twilio: {Outcome}")]
    private partial void LogHelped(CallId callId, string cause, TwilioCallOutcome outcome);
}
