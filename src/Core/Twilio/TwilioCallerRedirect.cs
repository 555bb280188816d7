using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handoffs;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Gives a caller of Twilio's to another number: replaces the document that their call runs by one that dials it. The Dial to LiveKit ends
/// with that. Who is not answered there gets the route's fallback, as after any Dial.
/// </summary>
public sealed partial class TwilioCallerRedirect(ITwilioCalls calls, TwilioReplies replies, ILogger<TwilioCallerRedirect> logger)
    : ICallerRedirect
{
    /// <inheritdoc/>
    public async Task<bool?> RedirectAsync(CallState state, PhoneNumber to, TimeSpan ringTime, CancellationToken cancellationToken)
    {
        if (state.Announcement is not { } announced || !CallSid.TryParse(announced.CallSid, out var callSid))
        {
            return false;
        }

        var document = replies.Transfer(
            to,
            ringTime,
            CallParties.Of(announced.From, announced.To, announced.Direction),
            TwilioPass.Of(state.CallId, announced.CallSid));
        var outcome = await calls.RedirectAsync(
            announced.AccountSid, callSid, Encoding.UTF8.GetString(document.Body.Span), cancellationToken);
        LogRedirected(state.CallId, outcome);
        return outcome switch
        {
            TwilioCallOutcome.Done => true,
            TwilioCallOutcome.NotLive => false,
            _ => null,
        };
    }

    [LoggerMessage(1212, LogLevel.Information, "The caller of call {CallId} is given to a human by Twilio: {Outcome}")]
    private partial void LogRedirected(CallId callId, TwilioCallOutcome outcome);
}
