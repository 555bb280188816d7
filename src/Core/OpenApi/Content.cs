using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>What a body holds.</summary>
/// <param name="MediaType">Its media type.</param>
public sealed record Content(string MediaType)
{
    /// <summary>JSON of a record, as this gateway writes or reads it; its schema follows from the record.</summary>
    public JsonTypeInfo? Type { get; init; }

    /// <summary>The schema in JSON, where no record is behind the body; <c>null</c> where <see cref="Type"/> tells it.</summary>
    public string? Schema { get; init; }

    /// <summary>JSON of a record.</summary>
    public static Content Json(JsonTypeInfo type) => new("application/json") { Type = type };

    /// <summary>JSON of a shape that is written by hand.</summary>
    public static Content Json(string schema) => new("application/json") { Schema = schema };
}
