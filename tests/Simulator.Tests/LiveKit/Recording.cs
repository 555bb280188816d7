using System.Text.Json.Nodes;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>The traffic of a real LiveKit server in one situation.</summary>
public sealed class Recording(string name)
{
    private readonly JsonNode content = JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "livekit", $"{name}.json")))!;

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Repository.PathOf("tests", "fixtures", "livekit"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public IEnumerable<JsonNode> Webhooks => Entries("webhook");

    public IEnumerable<JsonNode> ApiCalls => Entries("api");

    private IEnumerable<JsonNode> Entries(string kind) =>
        content["entries"]!.AsArray().Where(entry => (string)entry!["kind"]! == kind && entry["foreignRoom"] is null)!;
}
