using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>
/// Reads TWILIO_ACCOUNTS:
/// <c>[{"accountSid": "AC…", "authToken": "…", "authTokenSecondary": "…", "region": "ie1", "edge": "dublin"}]</c>.
/// Strict: an unknown field or a wrong value is an error with its place, never with the value.
/// </summary>
internal static class TwilioAccountsJson
{
    /// <summary>The accounts in the order of the text; errors go to <paramref name="errors"/>, one sentence each.</summary>
    public static IReadOnlyList<TwilioAccount> Read(string json, string? firstAccount, ICollection<string> errors)
    {
        IReadOnlyList<TwilioAccountJson?> entries;
        try
        {
            entries = JsonSerializer.Deserialize(json, TwilioAccountsContext.Default.IReadOnlyListTwilioAccountJson) ?? [];
        }
        catch (JsonException unreadable)
        {
            errors.Add($"{SettingNames.TwilioAccounts} is not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
            return [];
        }

        var accounts = new List<TwilioAccount>();
        for (var i = 0; i < entries.Count; i++)
        {
            var where = $"{SettingNames.TwilioAccounts}[{i}]";
            var entry = entries[i] ?? new TwilioAccountJson();
            var sid = Field(entry.AccountSid, $"{where}.accountSid", TwilioAccount.SidOf, TwilioAccount.SidRule, errors);
            string?[] tokens =
            [
                Field(entry.AuthToken, $"{where}.authToken", TwilioAccount.TokenOf, TwilioAccount.TokenRule, errors),
                Optional(entry.AuthTokenSecondary, $"{where}.authTokenSecondary", TwilioAccount.TokenOf, TwilioAccount.TokenRule, errors),
            ];
            if (sid is not null && (sid == firstAccount || accounts.Exists(account => account.AccountSid == sid)))
            {
                errors.Add($"{where}.accountSid is the same as that of another account");
            }

            accounts.Add(new TwilioAccount(sid ?? "", [.. tokens.OfType<string>()])
            {
                Region = Optional(entry.Region, $"{where}.region", TwilioAccount.RegionOf, TwilioAccount.RegionRule, errors),
                Edge = Optional(entry.Edge, $"{where}.edge", TwilioAccount.EdgeOf, TwilioAccount.EdgeRule, errors),
            });
        }

        return accounts;
    }

    private static string? Optional(
        string? raw, string where, Func<string, string?> valid, string rule, ICollection<string> errors) =>
        PastedValue.TextOf(raw) is null ? null : Field(raw, where, valid, rule, errors);

    private static string? Field(string? raw, string where, Func<string, string?> valid, string rule, ICollection<string> errors)
    {
        var text = PastedValue.TextOf(raw);
        var value = text is null ? null : valid(text);
        if (value is null)
        {
            errors.Add($"{where} {(text is null ? "is missing" : rule)}");
        }

        return value;
    }
}

internal sealed record TwilioAccountJson
{
    public string? AccountSid { get; init; }

    public string? AuthToken { get; init; }

    public string? AuthTokenSecondary { get; init; }

    public string? Region { get; init; }

    public string? Edge { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(TwilioAccountJson);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(IReadOnlyList<TwilioAccountJson>))]
internal sealed partial class TwilioAccountsContext : JsonSerializerContext;
