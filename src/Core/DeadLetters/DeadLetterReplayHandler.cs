using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.DeadLetters;

/// <summary>
/// Hands a dead letter over once more, under the id that its event always had. What is taken is forgotten; what is not, stays.
/// </summary>
public sealed partial class DeadLetterReplayHandler(
    EventOutbox outbox, TimeProvider timeProvider, ILogger<DeadLetterReplayHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.DeadLetterReplay;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var letter = await outbox.DeadLetters.FindAsync(Route.ParameterOf(request.RawPath), cancellationToken);
        if (letter is null || (request.Credential is ApiCaller caller && caller.Tenant != letter.Tenant))
        {
            return Problem.UnknownDeadLetter;
        }

        if (outbox.Find(letter.Destination) is not { } destination)
        {
            return Problem.NoDestination;
        }

        var outcome = await EventOffer.MakeAsync(
            destination, letter.Outgoing, EventCourier.PatienceAfterEnd, timeProvider, logger, cancellationToken);
        LogReplayed(letter.Id, letter.Destination, outcome is DeliveryOutcome.Delivered ? "taken" : "not taken");
        if (outcome is DeliveryOutcome.Delivered)
        {
            await outbox.DeadLetters.RemoveAsync(letter.Id, cancellationToken);
            return GatewayResponse.Json(200, letter, DeadLetterJson.Default.DeadLetter);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var kept = letter with { Attempts = letter.Attempts + 1, Reason = ReasonOf(outcome) };
        await outbox.DeadLetters.KeepAsync(kept, cancellationToken);
        return Problem.NotDelivered;
    }

    private static string ReasonOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.TryLater { Reason: var reason } => reason,
        DeliveryOutcome.Refused { Reason: var reason } => reason,
        _ => throw new UnreachableException(),
    };

    [LoggerMessage(1911, LogLevel.Information, "The dead letter {Id} was offered to {Destination} again: {Outcome}")]
    private partial void LogReplayed(string id, string destination, string outcome);
}
