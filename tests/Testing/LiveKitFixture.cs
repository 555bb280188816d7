using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using Xunit;

namespace VoiceFunctions.Testing;

/// <summary>The traffic of one scenario with a real LiveKit server, from tests/fixtures/livekit.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Key">The API key that signed its webhooks.</param>
/// <param name="Webhooks">Every delivery of a webhook, in order.</param>
/// <param name="Calls">Every call of the API, in order.</param>
public sealed record LiveKitFixture(string Name, LiveKitKey Key, IReadOnlyList<FixtureWebhook> Webhooks, IReadOnlyList<FixtureCall> Calls)
{
    /// <summary>The names of all of them.</summary>
    public static TheoryData<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>All of them.</summary>
    public static IEnumerable<LiveKitFixture> All => Names.Select(row => Load(row.Data));

    /// <summary>The deliveries that belong to the scenario; leftovers of an earlier one do not.</summary>
    public IEnumerable<FixtureWebhook> OwnWebhooks => Webhooks.Where(webhook => webhook.Entry["foreignRoom"] is null);

    /// <summary>The calls that belong to the scenario.</summary>
    public IEnumerable<FixtureCall> OwnCalls => Calls.Where(call => call.Entry["foreignRoom"] is null);

    private static string Folder => Repository.PathOf("tests", "fixtures", "livekit");

    /// <summary>The file of a name.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.json");

    /// <summary>Reads one.</summary>
    public static LiveKitFixture Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllBytes(PathOf(name)))!;
        var signing = json["signing"]!;
        var entries = json["entries"]!.AsArray().ToLookup(entry => (string)entry!["kind"]!);
        return new LiveKitFixture(
            name,
            new LiveKitKey((string)signing["apiKey"]!, (string)signing["apiSecret"]!),
            [.. entries["webhook"].Select(entry => FixtureWebhook.Of(entry!))],
            [.. entries["api"].Select(entry => FixtureCall.Of(entry!))]);
    }
}

/// <summary>A webhook as it came.</summary>
/// <param name="Authorization">Its signature.</param>
/// <param name="Body">The raw body.</param>
/// <param name="SentAt">When it was signed.</param>
/// <param name="Entry">The recording's entry.</param>
public sealed record FixtureWebhook(string Authorization, byte[] Body, DateTimeOffset SentAt, JsonNode Entry)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The body as it would be if the room had been one of ours: the recordings' rooms have names of all kinds.</summary>
    public byte[] BodyInOurRoom
    {
        get
        {
            var json = Json;
            foreach (var (place, name) in new[] { (json["room"], "name"), (json["egressInfo"], "roomName") })
            {
                if (place is not null)
                {
                    place[name] = $"call_{place[name]}";
                }
            }

            return Encoding.UTF8.GetBytes(json.ToJsonString());
        }
    }

    internal static FixtureWebhook Of(JsonNode entry)
    {
        var request = entry["request"]!;
        var headers = request["rawHeaders"]!.AsArray().Select(header => (string)header!).ToList();
        return new FixtureWebhook(
            headers[headers.IndexOf("Authorization") + 1],
            Encoding.UTF8.GetBytes((string)request["body"]!),
            DateTimeOffset.FromUnixTimeSeconds((long)entry["verification"]!["claims"]!["nbf"]!),
            entry);
    }
}

/// <summary>An API call and its answer.</summary>
/// <param name="Method">Service and method, such as <c>RoomService/ListRooms</c>.</param>
/// <param name="Request">The body; empty where it was no POST.</param>
/// <param name="Status">The answer's HTTP status.</param>
/// <param name="Answer">The answer's body.</param>
/// <param name="Entry">The recording's entry.</param>
public sealed record FixtureCall(string Method, string Request, int Status, string Answer, JsonNode Entry)
{
    internal static FixtureCall Of(JsonNode entry)
    {
        var (request, response) = (entry["request"]!, entry["response"]!);
        return new FixtureCall(
            ((string)request["url"]!).Split("/livekit.")[^1],
            (string?)request["method"] == "POST" ? (string)request["body"]! : "",
            (int)response["status"]!,
            (string?)response["body"] ?? "",
            entry);
    }
}
