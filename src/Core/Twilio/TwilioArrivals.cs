using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Records voice webhooks, and tells a redelivery from another conversation of the same CallSid: an IVR can send a caller back after the
/// first one ended. Each conversation is a call of its own, in a room of its own.
/// </summary>
public sealed class TwilioArrivals(EventIngestor ingestor, ICallJournal journal)
{
    /// <summary>How many conversations a CallSid may have whose requests cannot be told apart by their tokens.</summary>
    private const int MaxPasses = 100;

    /// <summary>Records a voice webhook.</summary>
    /// <param name="arrival">What it says.</param>
    /// <param name="fact">What is stored of it.</param>
    /// <param name="isSecondTry">Whether Twilio asks at its fallback URL, because the first request came to nothing.</param>
    /// <param name="at">When it was received.</param>
    /// <param name="cancellationToken">Ends the recording.</param>
    /// <exception cref="JournalUnavailableException">The journal is away; nothing is known.</exception>
    public async Task<RecordedArrival> RecordAsync(
        VoiceArrival arrival, CallFact.CallAnnounced fact, bool isSecondTry, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var callSid = arrival.CallSid.Value;
        var first = CallId.ForTwilio(callSid);
        if (await IngestAsync(first, "", fact, at, cancellationToken) != AppendOutcome.Duplicate)
        {
            return new RecordedArrival(first, at);
        }

        var state = CallState.Of(await journal.ReadAsync(first, cancellationToken));
        if (fact.Token is { } token && state.Announcement?.Token is { } known)
        {
            var named = token == known ? first : CallId.ForTwilioPass(callSid, token);
            if (!isSecondTry)
            {
                return named == first
                    ? new RecordedArrival(first, state.FirstEventAt)
                    : await PassAsync(named, fact, at, cancellationToken);
            }

            // Where the second try has its first one's token, it is that conversation, whichever it was.
            if (await journal.ReadAsync(named, cancellationToken) is { Events.Count: > 0 } begun)
            {
                return new RecordedArrival(named, CallState.Of(begun).FirstEventAt);
            }
        }

        // Without tokens a conversation that is over is told from a redelivery by its end.
        var pass = 1;
        while (IsOver(state) && pass < MaxPasses)
        {
            pass++;
            state = CallState.Of(await journal.ReadAsync(NumberedPass(callSid, pass), cancellationToken));
        }

        return pass == 1
            ? new RecordedArrival(first, state.FirstEventAt)
            : await PassAsync(NumberedPass(callSid, pass), fact, at, cancellationToken);
    }

    private async Task<RecordedArrival> PassAsync(
        CallId pass, CallFact.CallAnnounced fact, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var outcome = await IngestAsync(pass, $":{pass}", fact, at, cancellationToken);
        return new RecordedArrival(
            pass,
            outcome == AppendOutcome.Duplicate ? CallState.Of(await journal.ReadAsync(pass, cancellationToken)).FirstEventAt : at);
    }

    private static CallId NumberedPass(string callSid, int pass) =>
        CallId.ForTwilioPass(callSid, pass.ToString(CultureInfo.InvariantCulture));

    private static bool IsOver(CallState state) =>
        state.End is not null || state.Twilio.DialEnd is not null || (state.Callers.Any() && !state.LiveCallers.Any());

    private ValueTask<AppendOutcome> IngestAsync(
        CallId callId, string suffix, CallFact.CallAnnounced fact, DateTimeOffset at, CancellationToken cancellationToken) =>
        ingestor.IngestAsync(
            new ReceivedEvent(callId, new CallEvent($"{fact.CallSid}:arrived{suffix}", at, fact), Tracking.Follow), cancellationToken);
}
