using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Events;

/// <summary>Writes each event as a line for people, besides what another sink does with it.</summary>
/// <param name="inner">The other sink.</param>
/// <param name="output">The console.</param>
public sealed class ConsoleEventSink(ILifecycleEventSink inner, TextWriter output) : ILifecycleEventSink
{
    /// <inheritdoc/>
    public async ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        await inner.PublishAsync(lifecycleEvent, cancellationToken);
        await output.WriteLineAsync(LineOf(lifecycleEvent).AsMemory(), cancellationToken);
    }

    /// <summary>The line of an event, such as <c>12:00:07.250  call.ended  call kx3…  caller_hangup</c>.</summary>
    internal static string LineOf(LifecycleEvent happened)
    {
        string?[] details =
        [
            happened.Role,
            happened.ParticipantSid,
            happened.Direction?.ToString().ToLowerInvariant(),
            happened.Cause,
            happened.Passages is { } passages ? $"{passages} passages" : null,
            happened.Epoch is { } epoch ? $"epoch {epoch}" : null,
            happened.Inferred ? "inferred" : null,
        ];
        var kind = happened.DocumentId is null ? "call" : "document";
        var line = $"{happened.At.UtcDateTime:HH:mm:ss.fff}  {EventType.Of(happened.Name),-22} {kind} {happened.Subject}";
        return string.Join("  ", details.OfType<string>().Prepend(line));
    }
}
