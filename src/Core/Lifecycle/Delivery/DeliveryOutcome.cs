namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>What came of handing an event over. Reasons are a few words without personal data or secrets.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>It was taken.</summary>
    public sealed record Delivered : DeliveryOutcome;

    /// <summary>It was not taken, and nobody knows whether it will be: it is offered again.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="After">How long to wait at least, where the destination said so.</param>
    public sealed record TryLater(string Reason, TimeSpan? After = null) : DeliveryOutcome
    {
        /// <summary>It did not answer in the time that it has.</summary>
        internal static TryLater NoAnswer { get; } = new("no answer in time");
    }

    /// <summary>It will not be taken however often it is offered: it becomes a dead letter at once.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : DeliveryOutcome;
}
