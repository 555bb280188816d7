using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>An answer of Twilio's REST API.</summary>
/// <param name="Status">The HTTP status; 0 where nobody answered.</param>
/// <param name="Json">The body; <c>null</c> where it is no JSON object.</param>
internal sealed record TwilioReply(int Status, JsonElement? Json)
{
    /// <summary>A field's text; empty where there is none.</summary>
    public string Text(string name) => TwilioRest.TextOf(Json, name);
}

/// <summary>
/// The few things that doctor asks of Twilio's REST API, as one account, with its primary auth token, at its region and edge: the host is
/// the one that Twilio's own package makes of them.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="account">The account.</param>
/// <param name="testUrl">For tests: where Twilio's hosts are, each as the first part of the path; <c>null</c> for Twilio itself.</param>
internal sealed class TwilioRest(HttpMessageInvoker http, TwilioAccount account, string? testUrl)
{
    /// <summary>The setting of tests alone that puts something in Twilio's place.</summary>
    public const string TestUrl = "DOCTOR_TWILIO_URL";

    private const int MostNumbers = 1000;

    /// <summary>The host of the REST API for a region and an edge.</summary>
    public static string HostOf(string? region, string? edge) =>
        string.Join('.', ((string?[])["api", edge, region ?? (edge is null ? null : "us1"), "twilio.com"]).OfType<string>());

    /// <summary>A field's text; empty where there is none.</summary>
    public static string TextOf(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } from && from.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>The account itself.</summary>
    /// <param name="region">Asks this region instead of the account's own.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<TwilioReply> AccountAsync(string? region, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get,
            region is null ? HostOf(account.Region, account.Edge) : HostOf(region, null),
            $"/2010-04-01/Accounts/{account.AccountSid}.json",
            null,
            cancellationToken);

    /// <summary>The account's numbers, or the one that is asked for; <c>null</c> where they were not told.</summary>
    public async Task<IReadOnlyList<OwnNumber>?> NumbersAsync(string? e164, CancellationToken cancellationToken)
    {
        var query = $"?PageSize={MostNumbers}{(e164 is null ? "" : $"&PhoneNumber={Uri.EscapeDataString(e164)}")}";
        var reply = await SendAsync(
            HttpMethod.Get,
            HostOf(account.Region, account.Edge),
            $"/2010-04-01/Accounts/{account.AccountSid}/IncomingPhoneNumbers.json{query}",
            null,
            cancellationToken);
        return reply is { Status: 200, Json: { } json }
            && json.TryGetProperty("incoming_phone_numbers", out var numbers) && numbers.ValueKind == JsonValueKind.Array
            ? [.. numbers.EnumerateArray().Select(Read)]
            : null;
    }

    /// <summary>Sets fields of a number; the answer's status is 200 where it was done.</summary>
    public Task<TwilioReply> SetNumberAsync(
        OwnNumber number, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            HostOf(account.Region, account.Edge),
            $"/2010-04-01/Accounts/{account.AccountSid}/IncomingPhoneNumbers/{number.Sid}.json",
            fields,
            cancellationToken);

    private OwnNumber Read(JsonElement number) => new(account, TextOf(number, "sid"), TextOf(number, "phone_number"))
    {
        VoiceUrl = TextOf(number, "voice_url"),
        VoiceMethod = TextOf(number, "voice_method"),
        StatusCallback = TextOf(number, "status_callback"),
        StatusCallbackMethod = TextOf(number, "status_callback_method"),
        FallbackUrl = TextOf(number, "voice_fallback_url"),
        TrunkSid = TextOf(number, "trunk_sid"),
        ApplicationSid = TextOf(number, "voice_application_sid"),
        HasVoice = !number.TryGetProperty("capabilities", out var can) || can.ValueKind != JsonValueKind.Object
            || !can.TryGetProperty("voice", out var voice) || voice.ValueKind != JsonValueKind.False,
    };

    private async Task<TwilioReply> SendAsync(
        HttpMethod method, string host, string target, IReadOnlyDictionary<string, string>? form, CancellationToken cancellationToken)
    {
        var url = testUrl is null ? $"https://{host}{target}" : $"{testUrl.TrimEnd('/')}/{host}{target}";
        using var request = new HttpRequestMessage(method, url) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthTokens[0]}")));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new TwilioReply((int)response.StatusCode, Parse(body));
        }
        catch (HttpRequestException)
        {
            return new TwilioReply(0, null);
        }
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
