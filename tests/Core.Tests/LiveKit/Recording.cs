using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>The traffic of one scenario with a real LiveKit server, from tests/fixtures/livekit.</summary>
internal sealed record Recording(string Name, LiveKitKey Key, IReadOnlyList<RecordedWebhook> Webhooks, IReadOnlyList<RecordedCall> Calls)
{
    public static TheoryData<string> Names { get; } =
        [.. Directory.GetFiles(Repository.PathOf("tests", "fixtures", "livekit"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static IEnumerable<Recording> All => Names.Select(row => Load(row.Data));

    public static Recording Load(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "livekit", $"{name}.json")));
        var signing = json.RootElement.GetProperty("signing");
        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToLookup(entry => entry.GetProperty("kind").GetString());
        return new Recording(
            name,
            new LiveKitKey(signing.GetProperty("apiKey").GetString()!, signing.GetProperty("apiSecret").GetString()!),
            [.. entries["webhook"].Select(Webhook)],
            [.. entries["api"].Select(Call)]);
    }

    private static RecordedWebhook Webhook(JsonElement entry)
    {
        var request = entry.GetProperty("request");
        var headers = request.GetProperty("rawHeaders").EnumerateArray().Select(header => header.GetString()!).ToList();
        return new RecordedWebhook(
            headers[headers.IndexOf("Authorization") + 1],
            Encoding.UTF8.GetBytes(request.GetProperty("body").GetString()!),
            DateTimeOffset.FromUnixTimeSeconds(entry.GetProperty("verification").GetProperty("claims").GetProperty("nbf").GetInt64()));
    }

    private static RecordedCall Call(JsonElement entry)
    {
        var request = entry.GetProperty("request");
        var response = entry.GetProperty("response");
        return new RecordedCall(
            request.GetProperty("url").GetString()!.Split("/livekit.")[^1],
            request.GetProperty("method").GetString() == "POST" ? request.GetProperty("body").GetString()! : "",
            response.GetProperty("status").GetInt32(),
            response.GetProperty("body").GetString() ?? "");
    }
}

/// <summary>A webhook as it came.</summary>
internal sealed record RecordedWebhook(string Authorization, byte[] Body, DateTimeOffset SentAt);

/// <summary>An API call and its answer.</summary>
internal sealed record RecordedCall(string Method, string Request, int Status, string Answer);
