using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>
/// Which fields JSON documents of one sort have, and of which JSON type. What stands under a map's own keys is not looked at.
/// </summary>
public sealed class Shape
{
    private static readonly string[] Maps = ["attributes"];

    private readonly Dictionary<string, (int Count, HashSet<JsonValueKind> Kinds)> fields = [];
    private int documents;

    public void Add(JsonNode document)
    {
        documents++;
        foreach (var (path, kind) in Fields(document))
        {
            var (count, kinds) = fields.GetValueOrDefault(path, (0, []));
            kinds.Add(kind);
            fields[path] = (count + 1, kinds);
        }
    }

    /// <summary>
    /// Where a document differs from all documents of the shape: a field that is always there is missing, an unknown one is
    /// there, or one has another type.
    /// </summary>
    public IReadOnlyList<string> Differences(JsonNode document, params string[] optional)
    {
        var own = Fields(document).ToDictionary(field => field.Path, field => field.Kind);
        var missing = fields
            .Where(field => field.Value.Count == documents && !own.ContainsKey(field.Key) && !optional.Contains(field.Key))
            .Select(field => $"missing {field.Key}");
        var wrong = own
            .Where(field => !fields.TryGetValue(field.Key, out var known) || !known.Kinds.Contains(field.Value))
            .Select(field => $"unknown {field.Key}: {field.Value}");
        return [.. missing, .. wrong];
    }

    private static IEnumerable<(string Path, JsonValueKind Kind)> Fields(JsonNode document) =>
        Walk("", document).Distinct().DistinctBy(field => field.Path);

    private static IEnumerable<(string Path, JsonValueKind Kind)> Walk(string path, JsonNode? node)
    {
        if (path.Length > 0)
        {
            var kind = node?.GetValueKind() ?? JsonValueKind.Null;
            yield return (path, kind == JsonValueKind.False ? JsonValueKind.True : kind);
        }

        var children = node switch
        {
            JsonObject map when Maps.Contains(path.Split('.')[^1]) => [],
            JsonObject message => message.SelectMany(field => Walk($"{path}.{field.Key}", field.Value)),
            JsonArray items => items.SelectMany(item => Walk($"{path}[]", item)),
            _ => Enumerable.Empty<(string, JsonValueKind)>(),
        };
        foreach (var child in children)
        {
            yield return child;
        }
    }
}
