using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The receiver as a strand finds it: it can refuse an event for good, fail, or take it and not say so. Its dead letters fail as the
/// journal does.
/// </summary>
internal sealed class ReceiverPort(Strand strand, CallWorld world) : IEventDestination, IDeadLetters
{
    private static readonly string[] Troubles = ["refuses", "fails", "lost", Strand.Crash, Strand.CrashAfter];
    private static readonly string[] KeepTroubles = ["away", "lost", Strand.Crash, Strand.CrashAfter];

    public string Name => ModelReceiver.Name;

    public string? Tenant => null;

    public Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken) => strand.AskAsync(
        $"Offer {outgoing.Event.Name}",
        Troubles,
        trouble =>
        {
            if (!world.Promises.Holds(strand, [CallEffect.Deliver.ClaimPrefix]))
            {
                world.Witness.Break($"{outgoing.Event.Name} is offered without a claim by {strand.Label}");
            }

            if (trouble is not ("refuses" or "fails"))
            {
                world.Receiver.Take(outgoing.Event);
            }

            DeliveryOutcome outcome = trouble switch
            {
                "refuses" => new DeliveryOutcome.Refused("400"),
                "fails" => new DeliveryOutcome.TryLater("503"),
                _ => new DeliveryOutcome.Delivered(),
            };
            return new Answer<DeliveryOutcome>(outcome, Fingerprint.Of(trouble))
            {
                Error = trouble == "lost" ? new HttpRequestException("The answer was lost.") : null,
            };
        },
        cancellationToken);

    public ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken) => new(strand.AskAsync(
        "KeepDeadLetter",
        KeepTroubles,
        trouble =>
        {
            if (trouble != "away")
            {
                world.Receiver.Bury(letter.Event.Id);
            }

            return new Answer<bool>(true, Fingerprint.Of(trouble))
            {
                Error = trouble.Length > 0 ? new JournalUnavailableException("The store is away.") : null,
            };
        },
        cancellationToken));

    public ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody looks.");

    public ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody looks.");

    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody replays.");

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is old enough.");
}
