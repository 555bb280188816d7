using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>
/// Hands lifecycle events over to a destination, one after the other. What could not be handed over holds up what happened after it, until
/// it is taken or becomes a dead letter.
/// </summary>
public sealed partial class EventCourier(
    EventOutbox outbox, Func<CallState, string?> tenantOf, TimeProvider timeProvider, ILogger<EventCourier> logger)
{
    /// <summary>
    /// How long an effect may take while the call goes on: the call's next decision waits for it, and somebody may be hearing silence.
    /// </summary>
    public static TimeSpan PatienceDuringCall { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long it may take after the call's end, within the budget of an effect.</summary>
    public static TimeSpan PatienceAfterEnd { get; } = TimeSpan.FromSeconds(8);

    /// <summary>Hands over the events of an effect, as far as the destination takes them.</summary>
    public async Task<EffectOutcome> DeliverAsync(EffectContext context, CallEffect.Deliver effect, CancellationToken cancellationToken)
    {
        var (taken, dead) = (new List<string>(), new List<string>());
        if (outbox.Find(effect.Destination) is not { } destination)
        {
            // The settings were changed in this moment. The rule does not ask for this destination again.
            return new EffectOutcome.GaveUp("no_destination");
        }

        var patience = context.State.End is null ? PatienceDuringCall : PatienceAfterEnd;
        var began = timeProvider.GetTimestamp();
        var happened = LifecycleEvents.Of(context.State).ToDictionary(LifecycleEvents.KeyOf, StringComparer.Ordinal);
        foreach (var key in effect.EventKeys)
        {
            var claim = CallEffect.Deliver.ClaimKey(effect.Destination, key);
            var left = patience - timeProvider.GetElapsedTime(began);
            if (left < patience / 2)
            {
                // No destination is offered something in less time than it may need.
                return Later(TimeSpan.Zero, "more_to_deliver");
            }

            var outgoing = new OutgoingEvent(happened[key], tenantOf(context.State));
            var outcome = await destination.OfferAsync(
                outgoing,
                left,
                timeProvider,
                failure => LogFailed(outgoing.Event.Name, outgoing.Event.CallId, destination.Name, failure),
                cancellationToken);
            var age = context.Now - (context.State.Claims.GetValueOrDefault(claim)?.FirstBegunAt ?? context.Now);
            switch (DeliveryVerdict.Of(outcome, age, outbox.GiveUpAfter, outgoing.Event.Id))
            {
                case DeliveryVerdict.Dead { Reason: var reason }:
                    await BuryAsync(context, effect, outgoing, reason, cancellationToken);
                    dead.Add(claim);
                    break;
                case DeliveryVerdict.Again { After: var after, Reason: var reason }:
                    LogLater(outgoing.Event.Name, context.State.CallId, effect.Destination, reason, after.TotalSeconds);
                    return Later(after, reason);
                default:
                    taken.Add(claim);
                    break;
            }
        }

        return new EffectOutcome.Done("delivered") { DoneKeys = taken, GivenUpKeys = dead };

        EffectOutcome Later(TimeSpan after, string reason) =>
            new EffectOutcome.TryAgain(after, reason) { DoneKeys = taken, GivenUpKeys = dead };
    }

    /// <summary>The letter is there before the claim says so: where the process dies in between, the event is offered once more.</summary>
    private async Task BuryAsync(
        EffectContext context, CallEffect.Deliver effect, OutgoingEvent outgoing, string reason, CancellationToken cancellationToken)
    {
        var (name, id) = (effect.Destination, outgoing.Event.Id);
        var letter = new DeadLetter(
            DeadLetter.IdOf(name, id), name, outgoing.Tenant, outgoing.Event, reason, context.Attempt, context.Now);
        await outbox.DeadLetters.KeepAsync(letter, cancellationToken);
        LogDead(outgoing.Event.Name, context.State.CallId, name, reason, letter.Id);
    }

    [LoggerMessage(2401, LogLevel.Warning, "{Destination} did not take {Event} of call {CallId}: {Reason}. Again in {Seconds} s")]
    private partial void LogLater(string @event, CallId callId, string destination, string reason, double seconds);

    [LoggerMessage(2402, LogLevel.Error, "{Destination} does not take {Event} of call {CallId}: {Reason}. It is the dead letter {Id}")]
    private partial void LogDead(string @event, CallId callId, string destination, string reason, string id);

    [LoggerMessage(2403, LogLevel.Warning, "{Event} of call {CallId} could not be handed to {Destination}")]
    private partial void LogFailed(string @event, string callId, string destination, Exception failure);
}
