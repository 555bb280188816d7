using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads where lifecycle events go. The errors name the place, never a secret.</summary>
/// <param name="text">Gives a setting's text.</param>
/// <param name="errors">Gets what is wrong, one sentence each.</param>
internal sealed partial class EventSettingsReader(Func<string, string?> text, ICollection<string> errors)
{
    private const int ShortestSecret = 24;
    private const string SecretPrefix = "whsec_";

    /// <summary>The names of the destinations that are no webhooks.</summary>
    private static readonly string[] Taken = ["event-grid", "service-bus", "redis"];

    /// <summary>Reads all of them.</summary>
    /// <param name="onConsole">Whether events go to the console too.</param>
    /// <param name="giveUpAfter">For how long an event is offered.</param>
    public EventSettings Read(bool onConsole, TimeSpan giveUpAfter)
    {
        var endpoint = text(SettingNames.EventGridEndpoint) is { } grid ? UrlOf(grid) : null;
        Expect(
            endpoint is not null || text(SettingNames.EventGridEndpoint) is null,
            $"{SettingNames.EventGridEndpoint} must be an https URL");
        Expect(
            endpoint is not null || text(SettingNames.EventGridKey) is null,
            $"{SettingNames.EventGridKey} goes with {SettingNames.EventGridEndpoint}");
        Expect(
            text(SettingNames.EventServiceBus) is null == text(SettingNames.EventServiceBusQueue) is null,
            $"{SettingNames.EventServiceBus} and {SettingNames.EventServiceBusQueue} must be set together");
        return new EventSettings
        {
            Webhooks = text(SettingNames.EventWebhooks) is { } json ? Webhooks(json) : [],
            EventGridEndpoint = endpoint,
            EventGridKey = text(SettingNames.EventGridKey),
            ServiceBus = text(SettingNames.EventServiceBus),
            ServiceBusQueue = text(SettingNames.EventServiceBusQueue),
            Redis = text(SettingNames.EventRedis),
            OnConsole = onConsole,
            GiveUpAfter = giveUpAfter,
        };
    }

    private List<EventWebhook> Webhooks(string json)
    {
        var read = new List<EventWebhook>();
        try
        {
            var entries = JsonSerializer.Deserialize(json, EventWebhooksJson.Default.ListEventWebhookEntry) ?? [];
            for (var index = 0; index < entries.Count; index++)
            {
                if (Webhook($"{SettingNames.EventWebhooks}[{index}]", entries[index], read) is { } webhook)
                {
                    read.Add(webhook);
                }
            }
        }
        catch (JsonException unreadable)
        {
            errors.Add($"{SettingNames.EventWebhooks} is not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
        }

        return read;
    }

    private EventWebhook? Webhook(string where, EventWebhookEntry? entry, List<EventWebhook> others)
    {
        var url = UrlOf(entry?.Url ?? "");
        var isRight = Expect(
                entry?.Name is { } name && NamePattern.IsMatch(name) && !Taken.Contains(name),
                $"{where}.name must be 1 to 32 of a-z, 0-9 and '-', and none of {string.Join(", ", Taken)}")
            & Expect(!others.Exists(other => other.Name == entry?.Name), $"{where}.name is the name of another webhook")
            & Expect(url is not null, $"{where}.url must be an https URL; http only on this machine")
            & Expect(
                IsSecret(entry?.Secret ?? ""),
                $"{where}.secret must be whsec_ and at least {ShortestSecret} random bytes in base64, at most 64")
            & Expect(
                entry?.Tenant is null || TenantPattern.IsMatch(entry.Tenant),
                $"{where}.tenant must be 1 to 64 letters, digits, '_' and '-'");
        return isRight ? new EventWebhook(entry!.Name!, url!, entry.Secret!, entry.Tenant) : null;
    }

    private static Uri? UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.UserInfo.Length == 0
            ? url
            : null;

    private static bool IsSecret(string text)
    {
        Span<byte> bytes = stackalloc byte[128];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length)
            && length is >= ShortestSecret and <= 64;
    }

    private bool Expect(bool isRight, string sentence)
    {
        if (!isRight)
        {
            errors.Add(sentence);
        }

        return isRight;
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex TenantPattern { get; }
}

internal sealed record EventWebhookEntry(string? Name, string? Url, string? Secret, string? Tenant);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<EventWebhookEntry>))]
internal sealed partial class EventWebhooksJson : JsonSerializerContext;
