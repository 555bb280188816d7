using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>What <c>--json</c> tells: one document, and nothing beside it.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The option that asks for it.</summary>
    /// <param name="what">What is told as JSON.</param>
    public static System.CommandLine.Option<bool> Option(string what) =>
        Flag.Of("--json", $"{what} as one JSON document on stdout and nothing else; docs/running.md describes it");

    /// <summary>Tells a document.</summary>
    public static void Tell(this CommandConsole console, JsonObject document) =>
        console.Output.WriteLine(document.ToJsonString(Readable));

    /// <summary>A list of a document.</summary>
    public static JsonArray Array<T>(IEnumerable<T> all, Func<T, JsonNode?> node) => new([.. all.Select(node)]);
}
