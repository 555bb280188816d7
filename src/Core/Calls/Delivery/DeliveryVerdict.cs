using System.Diagnostics;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>What becomes of an event once a destination has answered, or has not.</summary>
internal abstract record DeliveryVerdict
{
    private DeliveryVerdict()
    {
    }

    /// <summary>Judges an offer.</summary>
    /// <param name="outcome">What the destination said.</param>
    /// <param name="age">How long ago the event was offered first.</param>
    /// <param name="giveUpAfter">At which age it is offered no more.</param>
    /// <param name="eventId">The event: its pauses are made of it.</param>
    public static DeliveryVerdict Of(DeliveryOutcome outcome, TimeSpan age, TimeSpan giveUpAfter, string eventId)
    {
        switch (outcome)
        {
            case DeliveryOutcome.Delivered:
                return new Taken();
            case DeliveryOutcome.Refused { Reason: var reason }:
                return new Dead(reason);
            case DeliveryOutcome.TryLater { Reason: var reason } when age >= giveUpAfter:
                return new Dead(reason);
            case DeliveryOutcome.TryLater { Reason: var reason, After: var asked }:
                var pause = BackOff.After(age, eventId);
                return new Again(asked > pause ? BackOff.Bounded(asked.Value) : pause, reason);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The destination has it.</summary>
    public sealed record Taken : DeliveryVerdict;

    /// <summary>It becomes a dead letter.</summary>
    public sealed record Dead(string Reason) : DeliveryVerdict;

    /// <summary>It is offered again, so much later.</summary>
    public sealed record Again(TimeSpan After, string Reason) : DeliveryVerdict;
}
