using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Settings;

/// <summary>
/// Reads TENANT_LIMITS: <c>{"*": {"concurrentCalls": 20, "requests": 600, "seconds": 60}, "acme": {"concurrentCalls": 50}}</c>. What a
/// tenant leaves out comes from <c>*</c>.
/// </summary>
internal static class TenantLimitsJson
{
    private const string Others = "*";
    private const int DefaultSeconds = 60;

    /// <summary>The limits.</summary>
    /// <param name="json">The setting's text.</param>
    /// <param name="errors">Gets what is wrong, one sentence each.</param>
    public static TenantLimits Read(string json, ICollection<string> errors)
    {
        try
        {
            var limits = JsonSerializer.Deserialize(json, TenantLimitsContext.Default.DictionaryStringTenantLimitJson) ?? [];
            var basis = limits.GetValueOrDefault(Others) ?? new TenantLimitJson();
            return new TenantLimits(
                Of(basis, Others, errors),
                limits.Where(limit => limit.Key != Others).ToDictionary(
                    limit => limit.Key,
                    limit => Of((limit.Value ?? new TenantLimitJson()).Over(basis), limit.Key, errors),
                    StringComparer.Ordinal));
        }
        catch (JsonException unreadable)
        {
            errors.Add($"{SettingNames.TenantLimits} is not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
            return TenantLimits.None;
        }
    }

    private static TenantLimit Of(TenantLimitJson limit, string tenant, ICollection<string> errors)
    {
        Check(limit.ConcurrentCalls, "concurrentCalls", CallPlaces.Most);
        Check(limit.Requests, "requests", RequestLimit.Most);
        Check(limit.Seconds, "seconds", (int)RequestLimit.LongestWindow.TotalSeconds);
        return new TenantLimit
        {
            ConcurrentCalls = limit.ConcurrentCalls,
            Requests = limit.Requests is { } requests
                ? new RequestLimit(requests, TimeSpan.FromSeconds(limit.Seconds ?? DefaultSeconds))
                : null,
        };

        void Check(int? value, string field, int most)
        {
            if (value < 1 || value > most)
            {
                errors.Add($"{SettingNames.TenantLimits}.{tenant}.{field} must be from 1 to {most}");
            }
        }
    }
}

internal sealed record TenantLimitJson
{
    public int? ConcurrentCalls { get; init; }

    public int? Requests { get; init; }

    public int? Seconds { get; init; }

    /// <summary>With what it leaves out from another.</summary>
    public TenantLimitJson Over(TenantLimitJson basis) => new()
    {
        ConcurrentCalls = ConcurrentCalls ?? basis.ConcurrentCalls,
        Requests = Requests ?? basis.Requests,
        Seconds = Seconds ?? basis.Seconds,
    };
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Dictionary<string, TenantLimitJson?>))]
internal sealed partial class TenantLimitsContext : JsonSerializerContext;
