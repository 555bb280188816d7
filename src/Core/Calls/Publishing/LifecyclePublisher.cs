using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>Gives lifecycle events to the event sink, in order, each until the sink has taken it.</summary>
public sealed partial class LifecyclePublisher(ILifecycleEventSink sink, ILogger<LifecyclePublisher> logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Publishes the events of an effect. What the sink took before it refused one is not offered again.</summary>
    public async Task<EffectOutcome> PublishAsync(EffectContext context, CallEffect.Publish effect, CancellationToken cancellationToken)
    {
        var taken = new List<string>();
        foreach (var lifecycleEvent in LifecycleEvents.Of(context.State)
            .Where(one => effect.EventKeys.Contains(LifecycleEvents.KeyOf(one))))
        {
            try
            {
                await sink.PublishAsync(lifecycleEvent, cancellationToken);
                taken.Add(CallEffect.Publish.ClaimPrefix + LifecycleEvents.KeyOf(lifecycleEvent));
                CallMeasurements.Published(lifecycleEvent, context.State);
            }
#pragma warning disable CA1031 // Whatever it was, a time-out of its own included: the sink did not take this event.
            catch (Exception refused)
#pragma warning restore CA1031
            {
                LogSinkRefused(lifecycleEvent.Name, context.State.CallId, refused);
                return new EffectOutcome.TryAgain(Retry, "sink") { DoneKeys = taken };
            }
        }

        return new EffectOutcome.Done("told");
    }

    [LoggerMessage(2002, LogLevel.Warning, "The event sink refused {Event} of call {CallId}; it will be offered again")]
    private partial void LogSinkRefused(string @event, CallId callId, Exception exception);
}
