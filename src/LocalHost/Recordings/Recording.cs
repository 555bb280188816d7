using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>
/// A recording of LiveKit's traffic, as far as a player needs it: its webhooks with their times, and the key that signed them.
/// </summary>
/// <param name="Name">The recording's name.</param>
/// <param name="RecordedAt">When it began.</param>
/// <param name="Key">The key.</param>
/// <param name="Webhooks">The webhooks in the order of their times.</param>
internal sealed record Recording(string Name, DateTimeOffset RecordedAt, LiveKitKey Key, IReadOnlyList<RecordedWebhook> Webhooks)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="RecordingException">It is not a recording; the message says where.</exception>
    public static Recording Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var signing = root.GetProperty("signing");
            return new Recording(
                root.TryGetProperty("name", out var name) ? name.GetString()! : Path.GetFileNameWithoutExtension(path),
                root.TryGetProperty("recordedAt", out var at) ? at.GetDateTimeOffset() : DateTimeOffset.UnixEpoch,
                new LiveKitKey(signing.GetProperty("apiKey").GetString()!, signing.GetProperty("apiSecret").GetString()!),
                [.. root.GetProperty("entries").EnumerateArray().Where(IsWebhook).Select(Webhook).OrderBy(webhook => webhook.At)]);
        }
        catch (Exception unreadable) when (unreadable is JsonException
            or KeyNotFoundException
            or InvalidOperationException
            or FormatException
            or IOException
            or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path} is not a recording: {unreadable.Message}", unreadable);
        }
    }

    private static bool IsWebhook(JsonElement entry) => entry.GetProperty("kind").GetString() == "webhook";

    private static RecordedWebhook Webhook(JsonElement entry) => new(
        TimeSpan.FromMilliseconds(entry.GetProperty("t").GetDouble()),
        System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("request").GetProperty("body").GetString()!))
    {
        IsLost = entry.TryGetProperty("lost", out var lost) && lost.GetBoolean(),
    };
}

/// <summary>One delivery of a webhook.</summary>
/// <param name="At">When, from the beginning of the recording.</param>
/// <param name="Body">The raw body.</param>
internal sealed record RecordedWebhook(TimeSpan At, byte[] Body)
{
    /// <summary>Whether what it tells happens at LiveKit and is not delivered (<c>"lost": true</c>, in recordings made by hand).</summary>
    public bool IsLost { get; init; }
}
