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
    /// <returns>The call whose room the caller is to be brought to.</returns>
    /// <exception cref="JournalUnavailableException">The journal is away; nothing is known.</exception>
    public async Task<CallId> RecordAsync(
        VoiceArrival arrival, CallFact.CallAnnounced fact, bool isSecondTry, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var callId = CallId.ForTwilio(arrival.CallSid.Value);
        if (await IngestAsync(callId, "", fact, at, cancellationToken) != AppendOutcome.Duplicate)
        {
            return callId;
        }

        var first = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        if (!isSecondTry && fact.Token is { } token && TokenOf(first) is { } known)
        {
            return token == known ? callId : await PassAsync(token);
        }

        // Without tokens a conversation that is over is told from a redelivery by its end.
        for (var pass = 2; IsOver(first) && pass <= MaxPasses; pass++)
        {
            callId = CallId.ForTwilioPass(arrival.CallSid.Value, pass.ToString(CultureInfo.InvariantCulture));
            first = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        }

        return await IngestedAsync(callId);

        Task<CallId> PassAsync(string pass) => IngestedAsync(CallId.ForTwilioPass(arrival.CallSid.Value, pass));

        async Task<CallId> IngestedAsync(CallId pass)
        {
            if (pass != CallId.ForTwilio(arrival.CallSid.Value))
            {
                await IngestAsync(pass, $":{pass}", fact, at, cancellationToken);
            }

            return pass;
        }
    }

    private static bool IsOver(CallState state) =>
        state.End is not null || state.Twilio.DialEnd is not null || (state.Callers.Any() && !state.LiveCallers.Any());

    private static string? TokenOf(CallState state) => (state.Twilio.Announced?.Fact as CallFact.CallAnnounced)?.Token;

    private ValueTask<AppendOutcome> IngestAsync(
        CallId callId, string suffix, CallFact.CallAnnounced fact, DateTimeOffset at, CancellationToken cancellationToken) =>
        ingestor.IngestAsync(
            new ReceivedEvent(callId, new CallEvent($"{fact.CallSid}:arrived{suffix}", at, fact), Tracking.Follow), cancellationToken);
}
