using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;

namespace VoiceFunctions.Core.Settings;

/// <summary>
/// Reads API_KEYS: <c>{"tenant": "key", "other": ["new key", "old key"]}</c>. Errors name the place, never a key.
/// </summary>
internal static class ApiKeysJson
{
    /// <summary>The keys of every tenant; <c>null</c> where one is wrong.</summary>
    /// <param name="json">The setting's text.</param>
    /// <param name="shortest">How many characters a key has at least.</param>
    /// <param name="errors">Gets what is wrong, one sentence each.</param>
    public static ApiKeys? Read(string json, int shortest, ICollection<string> errors)
    {
        var before = errors.Count;
        var keys = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        try
        {
            foreach (var (tenant, value) in JsonSerializer.Deserialize(json, ApiKeysContext.Default.DictionaryStringJsonElement) ?? [])
            {
                var where = $"{SettingNames.ApiKeys}.{tenant}";
                if (!TenantName.IsOne(tenant))
                {
                    errors.Add($"{SettingNames.ApiKeys} has a tenant whose name is not 1 to 64 letters, digits, '_' and '-'");
                    continue;
                }

                keys[tenant] = [.. KeysOf(value)];
                if (keys[tenant].Count == 0 || keys[tenant].Any(key => key.Length < shortest))
                {
                    errors.Add($"{where} must be a key, or a list of keys, of at least {shortest} characters each");
                }
            }
        }
        catch (JsonException unreadable)
        {
            errors.Add($"{SettingNames.ApiKeys} is not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
        }

        return errors.Count == before ? new ApiKeys(keys) : null;
    }

    private static IEnumerable<string> KeysOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : ""),
        _ => [],
    };
}

[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class ApiKeysContext : JsonSerializerContext;
