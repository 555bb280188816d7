using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Bench.HotRooms;

/// <summary>Sends authentic webhooks, as many as one likes.</summary>
internal sealed class Flood(Uri gateway, LiveKitKey key) : IDisposable
{
    private const int AtOnce = 4;

    private readonly HttpClient http = new() { BaseAddress = gateway };
    private int ids;

    /// <summary>One webhook; how long its sender waited for the 200.</summary>
    public async Task<TimeSpan> SendAsync(RoomTruth room, string name, string participant, CancellationToken cancellationToken)
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
    public Task SendManyAsync(RoomTruth room, string name, int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (i, token) => await SendAsync(room, name, $"guest{i}", token));

    /// <summary>The median and the 95th percentile of so many webhooks, one after the other.</summary>
    public async Task<(TimeSpan Median, TimeSpan P95)> MeasureAsync(RoomTruth room, int count, CancellationToken cancellationToken)
    {
        var waits = new List<TimeSpan>();
        for (var i = 0; i < count; i++)
        {
            waits.Add(await SendAsync(room, "track_unpublished", "somebody", cancellationToken));
        }

        waits.Sort();
        return (waits[count / 2], waits[count * 95 / 100]);
    }

    public void Dispose() => http.Dispose();
}
