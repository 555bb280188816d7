using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>A destination that remembers what it took, and answers as it is told to.</summary>
internal sealed class TellingDestination(string name, string? tenant = null) : IEventDestination
{
    public string Name => name;

    public string? Tenant => tenant;

    public List<string> Taken { get; } = [];

    public int Offers { get; private set; }

    public Func<OutgoingEvent, CancellationToken, Task<DeliveryOutcome>> Answer { get; set; } =
        (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());

    public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        Offers++;
        var outcome = await Answer(outgoing, cancellationToken);
        if (outcome is DeliveryOutcome.Delivered)
        {
            Taken.Add(outgoing.Event.Id);
        }

        return outcome;
    }

    /// <summary>From now on every answer is this.</summary>
    public void Say(DeliveryOutcome outcome) => Answer = (_, _) => Task.FromResult(outcome);
}
