using System.Text.Json;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>Writes and reads values as the Functions worker does: by the type that a value has, not the one it was declared with.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    public static object? Read(string? json, Type type) => json is null ? null : JsonSerializer.Deserialize(json, type, Options);
}
