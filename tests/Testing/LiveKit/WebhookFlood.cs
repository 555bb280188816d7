using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.Testing.LiveKit;

/// <summary>Sends authentic webhooks to a gateway, as many as one likes.</summary>
/// <param name="gateway">Its base address.</param>
/// <param name="key">LiveKit's key.</param>
public sealed class WebhookFlood(Uri gateway, LiveKitKey key) : IDisposable
{
    private const int AtOnce = 4;

    private readonly HttpClient http = new() { BaseAddress = gateway };
    private int ids;

    /// <summary>One webhook; how long its sender waited for the 200.</summary>
    public async Task<TimeSpan> SendAsync(RoomSession room, string name, string participant, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"EV_{Interlocked.Increment(ref ids):D12}");
        var body = Encoding.UTF8.GetBytes($$"""
            {"event":"{{name}}","id":"{{id}}","createdAt":"1764334800","room":{"sid":"{{room.Sid}}","name":"{{room.Name}}"},
             "participant":{"sid":"PA_{{participant}}","identity":"{{participant}}","state":"ACTIVE","kind":"STANDARD"} }
            """);
        using var request = new HttpRequestMessage(HttpMethod.Post, "livekit/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/webhook+json");
        request.Headers.TryAddWithoutValidation("Authorization", LiveKitWebhookSigner.Sign(key, body, TimeProvider.System.GetUtcNow()));
        var begun = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? Stopwatch.GetElapsedTime(begun)
            : throw new InvalidOperationException($"The gateway answered {(int)response.StatusCode}.");
    }

    /// <summary>Many webhooks, a few at a time.</summary>
    public Task SendManyAsync(RoomSession room, string name, int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (i, token) => await SendAsync(room, name, $"guest{i}", token));

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
