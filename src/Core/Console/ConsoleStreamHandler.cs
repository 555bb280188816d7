using System.Text.Json;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Console;

/// <summary>
/// Tells the console how the calls that go on stand, and again whenever that has changed: server-sent events, as long as the page is open.
/// </summary>
/// <param name="desk">Looks at them.</param>
/// <param name="canStream">Whether the host can keep an answer open; where it cannot the page asks again and again.</param>
/// <param name="timeProvider">The time.</param>
internal sealed class ConsoleStreamHandler(ConsoleDesk desk, bool canStream, TimeProvider timeProvider) : IGatewayHandler
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>So often something is sent in any case: it shows a page that is gone, and keeps proxies from giving up.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.ConsoleStream;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        canStream
            ? new GatewayResponse(200, "text/event-stream", ReadOnlyMemory<byte>.Empty)
            {
                Streamed = (destination, gone) => TellAsync(request.Credential, destination, gone),
            }
            : Problem.NoStream);

    private async Task TellAsync(object? credential, Stream destination, CancellationToken gone)
    {
        byte[] told = [];
        var toldAt = timeProvider.GetUtcNow();
        while (!gone.IsCancellationRequested)
        {
            var began = timeProvider.GetTimestamp();
            var calls = JsonSerializer.SerializeToUtf8Bytes(await desk.LookAsync(credential, gone), ConsoleJson.Default.ConsoleCalls);
            if (!calls.AsSpan().SequenceEqual(told) || timeProvider.GetUtcNow() - toldAt >= Heartbeat)
            {
                (told, toldAt) = (calls, timeProvider.GetUtcNow());
                await destination.WriteAsync((byte[])[.. "data: "u8, .. calls, .. "\n\n"u8], gone);
                await destination.FlushAsync(gone);
            }

            // A store that is slow is not asked all the time.
            var took = timeProvider.GetElapsedTime(began);
            await Task.Delay(took > Look ? took : Look, timeProvider, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
