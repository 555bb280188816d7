using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>One write of the table service's protocol: a request of its own, or a part of a transaction.</summary>
/// <param name="Method">Its HTTP method.</param>
/// <param name="Partition">The row's partition key.</param>
/// <param name="Row">The row's key.</param>
/// <param name="MustStand">Whether it is refused unless the row is there.</param>
/// <param name="Data">The value that the row holds; <c>null</c> where it holds none.</param>
internal sealed partial record TableOperation(string Method, string Partition, string Row, bool MustStand, string? Data)
{
    /// <summary>The list that a row of the limits holds; <c>null</c> in all other rows.</summary>
    public string? Limited { get; private init; }

    /// <summary>The writes of a request; none where it only reads or makes the table.</summary>
    public static IReadOnlyList<TableOperation> Of(Passing request)
    {
        var text = Encoding.UTF8.GetString(request.Body);
        if (request.Target.Contains("/$batch", StringComparison.Ordinal))
        {
            return [.. Parts.Split(text).Skip(1).Select(Part)];
        }

        return request.Method == "GET" || request.Target.Contains("/Tables", StringComparison.Ordinal)
            ? []
            : [Read(request.Method, request.Target, text, mustStand: false)];
    }

    private static TableOperation Part(string part)
    {
        var line = part.Split('\r', 2)[0].Split(' ');
        var json = part.IndexOf('{', part.IndexOf("\r\n\r\n", StringComparison.Ordinal));
        var value = json < 0 ? "" : part[json..(part.LastIndexOf('}') + 1)];
        return Read(line[0], line[1], value, part.Contains("\r\nIf-Match:", StringComparison.OrdinalIgnoreCase));
    }

    private static TableOperation Read(string method, string target, string json, bool mustStand)
    {
        using var row = JsonDocument.Parse(json.Length > 0 ? json : "{}");
        var keys = Keys.Match(Uri.UnescapeDataString(target));
        return new TableOperation(
            method,
            keys.Success ? keys.Groups["partition"].Value : Column("PartitionKey")!,
            keys.Success ? keys.Groups["row"].Value : Column("RowKey")!,
            mustStand,
            Column("data"))
        {
            Limited = Column("text"),
        };

        string? Column(string name) => row.RootElement.TryGetProperty(name, out var column) ? column.GetString() : null;
    }

    [GeneratedRegex(@"(?=^(?:POST|PUT|PATCH|MERGE|DELETE) http)", RegexOptions.Multiline)]
    private static partial Regex Parts { get; }

    [GeneratedRegex("PartitionKey='(?<partition>[^']*)',RowKey='(?<row>[^']*)'")]
    private static partial Regex Keys { get; }
}
