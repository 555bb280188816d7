using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.LocalHost.Doctor.Requests;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>Saved requests of Twilio and LiveKit, each changed in one way: doctor names the way.</summary>
public sealed class RequestDoctorTests
{
    private const string PublicUrl = "https://voice.example.com";
    private const string Token = "a-token-of-this-test";
    private const string Account = "AC0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly LiveKitKey Key = new("APIKEY", "a-secret-of-this-test-0123456789abcdef");

    private static readonly KeyValuePair<string, string>[] Fields =
    [
        new("AccountSid", Account), new("CallSid", "CA0123456789abcdef0123456789abcdef"), new("From", "+15550100"),
        new("CallerName", "Zoë"), new("CallStatus", "ringing"),
    ];

    public static TheoryData<string, string> OfTwilio { get; } = new()
    {
        { "as it was sent", "none" },
        { "Twilio called http", "scheme" },
        { "Twilio called another host", "host" },
        { "Twilio called another port", "port" },
        { "Twilio called a path with a slash at its end", "trailing-slash" },
        { "Twilio called below a path prefix", "path-prefix" },
        { "something added a query", "query" },
        { "Twilio called http on another host", "url" },
        { "a plus was written for its escape", "body" },
        { "the body was read as Latin-1", "body" },
        { "the body is cut", "cut" },
        { "the token was replaced", "key" },
        { "the account is not in the settings", "key" },
        { "the signature has a blank", "signature" },
        { "there is no signature", "unsigned" },
        { "a redirect made it a GET", "method" },
        { "an editor added a line end", "none" },
    };

    public static TheoryData<string, string> OfLiveKit { get; } = new()
    {
        { "as it was sent", "none" },
        { "saved an hour ago", "clock" },
        { "the gateway's clock is ahead", "clock" },
        { "the gateway's clock is behind", "clock" },
        { "the JSON was written anew", "body" },
        { "signed under another key", "unknown-key" },
        { "signed with another secret", "secret" },
        { "a login of a proxy", "token" },
        { "a participant's token", "body" },
        { "there is no token", "unsigned" },
    };

    private static Dictionary<string, string> Environment { get; } = new()
    {
        [SettingNames.PublicUrl] = PublicUrl,
        [SettingNames.LiveKitHost] = "https://project.livekit.cloud",
        [SettingNames.LiveKitApiKey] = Key.Id,
        [SettingNames.LiveKitApiSecret] = Key.Secret,
        [SettingNames.TwilioAccountSid] = Account,
        [SettingNames.TwilioAuthToken] = Token,
        [SettingNames.LiveKitSipUri] = "sip:project.sip.livekit.cloud",
    };

    private static GatewaySettings Settings { get; } = LocalSettings.Read(Environment, _ => null);

    [Theory]
    [MemberData(nameof(OfTwilio))]
    public void Of_a_request_of_Twilio_it_names_what_differs(string change, string cause)
    {
        var diagnosis = RequestDoctor.Of(SavedRequest.Parse(Twilios(change))!, Settings, Now, null);

        Assert.Equal(cause, diagnosis.Cause);
        Assert.Equal(cause == "none", diagnosis.IsAccepted);
        Assert.DoesNotContain(Token, $"{diagnosis}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfLiveKit))]
    public void Of_a_webhook_of_LiveKit_it_names_what_differs(string change, string cause)
    {
        var at = change switch
        {
            "the gateway's clock is ahead" => Now.AddMinutes(9),
            "the gateway's clock is behind" => Now.AddMinutes(-9),
            _ => (DateTimeOffset?)null,
        };
        var now = change == "saved an hour ago" ? Now.AddHours(1) : Now;

        var diagnosis = RequestDoctor.Of(SavedRequest.Parse(LiveKits(change))!, Settings, now, at);

        Assert.Equal(cause, diagnosis.Cause);
        Assert.Equal(change is "as it was sent" or "saved an hour ago", diagnosis.IsAccepted);
        Assert.DoesNotContain(Key.Secret, $"{diagnosis}", StringComparison.Ordinal);
    }

    [Fact]
    public void Where_more_than_one_part_differs_it_says_which_URL_Twilio_signed()
    {
        var diagnosis = RequestDoctor.Of(SavedRequest.Parse(Twilios("Twilio called http on another host"))!, Settings, Now, null);

        Assert.Contains("http://old.example.com/twilio/voice", diagnosis.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("as it was sent", 0, true)]
    [InlineData("Twilio called http", 1, false)]
    public async Task The_command_reads_a_file_and_its_exit_status_says_whether_it_is_taken(string change, int status, bool isAccepted)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, Twilios(change), TestContext.Current.CancellationToken);
        using var output = new StringWriter();

        var found = await Shell.RunAsync(
            ["doctor", "request", file, "--json"],
            Environment.GetValueOrDefault,
            output,
            output,
            TestContext.Current.CancellationToken);
        File.Delete(file);

        Assert.Equal(status, found);
        Assert.Equal(isAccepted, (bool)JsonNode.Parse(output.ToString())!["accepted"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no request at all")]
    [InlineData("{\"event\":\"room_started\"}")]
    public void What_is_no_request_is_not_taken_for_one(string text) => Assert.Null(SavedRequest.Parse(Encoding.UTF8.GetBytes(text)));

    private static byte[] Twilios(string change)
    {
        const string Target = "/twilio/voice";
        var body = TwilioForm.Encode(Fields);
        var signed = change switch
        {
            "Twilio called http" => $"http://voice.example.com{Target}",
            "Twilio called another host" => $"https://old.example.com{Target}",
            "Twilio called another port" => $"{PublicUrl}:8443{Target}",
            "Twilio called a path with a slash at its end" => $"{PublicUrl}{Target}/",
            "Twilio called below a path prefix" => $"{PublicUrl}/api{Target}",
            "Twilio called http on another host" => $"http://old.example.com{Target}",
            _ => $"{PublicUrl}{Target}",
        };
        var form = change == "the account is not in the settings"
            ? Replaced(body, Account, "AC99999999999999999999999999999999")
            : body;
        var signature = TwilioSignature.Sign(signed, TwilioForm.Parse(form), change == "the token was replaced" ? "the-new-token" : Token);
        var sent = change switch
        {
            "a plus was written for its escape" => Replaced(form, "%2B", "+"),
            "the body was read as Latin-1" => TwilioForm.Encode(Fields.Select(field => new KeyValuePair<string, string>(
                field.Key, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(field.Value))))),
            _ => form,
        };
        var headers = new List<string>
        {
            $"Host: {(change.EndsWith("another host", StringComparison.Ordinal) ? "old.example.com" : "voice.example.com")}",
            "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
            $"Content-Length: {sent.Length}",
        };
        if (change != "there is no signature")
        {
            var shown = change == "the signature has a blank" ? $"{signature[..9]} {signature[10..]}" : signature;
            headers.Add($"x-twilio-signature: {shown}");
        }

        return Saved(
            change == "a redirect made it a GET" ? "GET" : "POST",
            change == "something added a query" ? $"{Target}?utm=1" : Target,
            headers,
            change switch
            {
                "the body is cut" => sent[..40],
                "an editor added a line end" => [.. sent, .. "\n"u8],
                _ => sent,
            });
    }

    private static byte[] LiveKits(string change)
    {
        var body = """{"event":"room_started", "room":{"sid":"RM_1","name":"call_1"}, "id":"EV_1", "createdAt":"1795240704"}"""u8.ToArray();
        var key = change switch
        {
            "signed under another key" => new LiveKitKey("APIOTHER", "another-secret-of-this-test-0123456789"),
            "signed with another secret" => Key with { Secret = "another-secret-of-this-test-0123456789" },
            _ => Key,
        };
        var authorization = change switch
        {
            "a login of a proxy" => "Basic dXNlcjpwYXNzd29yZA==",
            "a participant's token" => LiveKitToken.MintFor(
                key, "somebody", LiveKitGrants.JoinAsSpeaker("call_1"), Now, TimeSpan.FromMinutes(5)),
            _ => LiveKitWebhookSigner.Sign(key, body, Now),
        };
        var headers = new List<string> { "Host: voice.example.com", "Content-Type: application/webhook+json" };
        if (change != "there is no token")
        {
            headers.Add($"Authorization: {authorization}");
        }

        return Saved(
            "POST",
            "/livekit/webhook",
            headers,
            change == "the JSON was written anew"
                ? Replaced(body, ", ", ",")
                : body);
    }

    private static byte[] Replaced(byte[] body, string old, string with) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(old, with, StringComparison.Ordinal));

    private static byte[] Saved(string method, string target, IEnumerable<string> headers, byte[] body) =>
        [.. Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\n\r\n"), .. body];
}
