using System.Text;
using System.Text.Json;
using Json.Pointer;
using Json.Schema;

namespace VoiceFunctions.Tools;

/// <summary>A JSON schema (2020-12 unless it says otherwise), ready to hold values against.</summary>
public sealed class ToolSchema
{
    /// <summary>How many faults a sentence names.</summary>
    private const int MaxFaults = 5;

    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema schema;

    private ToolSchema(JsonSchema schema) => this.schema = schema;

    /// <summary>What is wrong with a schema, as the end of a sentence; <c>null</c> where nothing is.</summary>
    public static string? FaultOf(JsonElement schema) => TryRead(schema, out _);

    /// <summary>Reads a schema that <see cref="FaultOf(JsonElement)"/> takes.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static ToolSchema Read(JsonElement schema) =>
        TryRead(schema, out var read) is { } fault ? throw new ArgumentException(fault, nameof(schema)) : read!;

    /// <summary>
    /// What is wrong with a value: the places and the keywords that say so, and no part of the value; <c>null</c> where nothing is.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="name">What it is called.</param>
    public string? FaultOf(JsonElement value, string name)
    {
        var result = schema.Evaluate(value, Listed);
        if (result.IsValid)
        {
            return null;
        }

        var faults = (result.Details ?? [])
            .Append(result)
            .Where(detail => !detail.IsValid && detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Keys.Select(keyword => $"{name}{Place(detail.InstanceLocation)} ({keyword})"))
            .Distinct()
            .Take(MaxFaults)
            .ToList();
        return faults.Count == 0
            ? $"{name} are not as the schema says."
            : $"Not as the schema says: {string.Join(", ", faults)}.";
    }

    private static string? TryRead(JsonElement schema, out ToolSchema? read)
    {
        read = null;
        try
        {
            // A registry of its own: two schemas with one id are no neighbours, and nothing is ever fetched.
            var built = JsonSchema.Build(schema, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
            built.Evaluate(JsonElement.Parse("{}"u8), Listed);
            read = new ToolSchema(built);
            return MetaFault(schema);
        }
        catch (Exception unusable) when (unusable is JsonSchemaException or JsonException or ArgumentException
            or InvalidOperationException or FormatException or KeyNotFoundException or RefResolutionException)
        {
            return "is no JSON schema that can be used";
        }
    }

    /// <summary>What the schema of schemas says, such as that there is no such type.</summary>
    private static string? MetaFault(JsonElement schema) =>
        new ToolSchema(MetaSchemas.Draft202012).FaultOf(schema, "schema") is { } fault
            ? $"is no JSON schema. {fault.TrimEnd('.')}"
            : null;

    /// <summary>A place in a value. A key there is the sender's own word, so only what a schema would name is repeated.</summary>
    private static string Place(JsonPointer pointer)
    {
        var text = new StringBuilder();
        foreach (var letter in pointer.ToString().Take(80))
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' ? letter : '?');
        }

        return text.ToString();
    }
}
