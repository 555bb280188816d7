using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;
using PhoneNumberUtil = PhoneNumbers.PhoneNumberUtil;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>The parsers, each with its promise.</summary>
internal static partial class FuzzTargets
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Route Settled = new(new AgentConfig("voice-agent"), Timeouts, new RouteFallback(null, "Sorry."));
    private static readonly NumberReader[] Everywhere = ReadersOfAllPlans();
    private static readonly NumberReader German = new("DE");
    private static readonly NumberReader American = new("US");
    private static readonly LiveKitEventMapper Mapper = new(new RoomScope(new RoomNaming("call")), new ParticipantMapper("agent-"));

    private const string Sid = "CA0123456789abcdef0123456789abcdef";

    private static readonly string[] JsonWords = ["\"", "{", "}", "[", "]", ":", ",", "true", "false", "null", "0", "\\u00e9", " "];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("twilio-form", Forms(), ["CallSid=", "ParentCallSid=", "&CallStatus=", "%43%41", Sid], CheckForm),
        new(
            "livekit-webhook",
            Webhooks(),
            [.. JsonWords, "\"turnPassword\":\"x\",", "\"sid\":\"\",", "\"room\":", "\"id\":\"\""],
            CheckWebhook),
        .. TokenTargets.All,
        .. HandoffTargets.All,
        .. ToolTargets.All,
        .. QualityTargets.All,
        .. KnowledgeTargets.All,
        new("lease-request", Leases(), [.. JsonWords, "\"callId\":", "\"epoch\":2147483648", "\\n"], CheckLease),
        new(
            "route-file",
            Routes(),
            [
                .. JsonWords, "\"number\":\"+1\"", "\"prefix\":\"+\"", "\"default\":", "\"silence\":{", "+15550100123", "\"address\":\"",
                "\"from\":[\"+", "\"trunk\":\"ST_1\"", "\"hours\":{", "\"timeZone\":\"Europe/Berlin\"", "\"open\":[{", "\"mon-fri\"",
                "\"24:00\"", "\"closed\":{",
            ],
            CheckRoutes),
        new("address", Addresses(), [
            "+", "sip:", "sips:", "tel:", "client:", "@", ";transport=tls", ";phone-context=+49", ";npdi=yes", "anonymous", "CA",
            "266696687", "00", "011", "<", ">", "%2B", "anonymous.invalid",
        ], CheckAddress),
        new("settings", SettingLines(), [.. SettingNames.All.Select(setting => $"\n{setting.Name}="), "true", "https://"], CheckSettings),
    ];

    /// <summary>A form is read whatever it is, comes back from its encoding, and what is read from it fits into a key.</summary>
    private static string CheckForm(byte[] body)
    {
        var form = TwilioForm.Parse(body);
        var fields = form.Fields.ToList();
        Assert.Equal(form.Count, fields.Count);
        Assert.True(fields.SequenceEqual(TwilioForm.Parse(TwilioForm.Encode(fields)).Fields), "other fields come back");
        Assert.InRange(form.WriteSigned(new byte[form.MaxSignedLength]), 0, form.MaxSignedLength);

        var isArrival = VoiceArrival.TryParse(form, out var arrival, out var reason);
        var isStatus = StatusCallback.TryParse(form, out var status, out var other);
        var isResult = DialResult.TryParse(form, out _, out _);
        Assert.Equal(isArrival, reason is null);
        Assert.Equal(isArrival, isResult);
        Assert.DoesNotMatch(@"\+\d{7}", $"{arrival}");
        Assert.True(!isStatus || DeliveryIdPattern.IsMatch(status!.DeliveryId), "a delivery id that is no key");
        return $"{reason} {other} {status?.CallStatus} {arrival?.From.GetType().Name} {arrival?.To.GetType().Name}";
    }

    /// <summary>Every authentic webhook becomes one event that can be stored and read back, without LiveKit's TURN password.</summary>
    private static string CheckWebhook(byte[] body)
    {
        var isRead = LiveKitWebhookParser.TryParse(body, out _);
        if (Mapper.Map(body, Noon) is not { CallId: var callId, Event: var callEvent, Tracking: var tracking })
        {
            return $"{isRead} somebody else's";
        }

        Assert.True(CallId.TryParse(callId.Value, out _), "no call's id");
        Assert.NotEmpty(callEvent.Id);
        Assert.True(callEvent.Raw is null or { Length: <= CallEvent.MaxRawLength }, "too long an excerpt");
        Assert.DoesNotContain("turnPassword", callEvent.Raw ?? "", StringComparison.Ordinal);
        var stored = JsonSerializer.Serialize(callEvent, JournalJson.Default.CallEvent);
        var readBack = JsonSerializer.Deserialize(stored, JournalJson.Default.CallEvent)!;
        Assert.Equal(stored, JsonSerializer.Serialize(readBack, JournalJson.Default.CallEvent));
        return $"{isRead} {callEvent.Fact.GetType().Name} {tracking} {callEvent.Room is null} {callEvent.Raw is null}";
    }

    /// <summary>A request is whole, or refused with a sentence that repeats nothing of it.</summary>
    private static string CheckLease(byte[] body)
    {
        var request = LeaseRequest.Parse(body, out var error);
        Assert.Equal(request is null, error.Length > 0);
        Assert.True(request is null || JobPattern.IsMatch(request.Job), "a job id that is none");
        Assert.True(request is null or { Epoch: >= 1 }, "an epoch that is none");
        return error;
    }

    /// <summary>A table, or errors: never both, never neither.</summary>
    private static string CheckRoutes(byte[] text)
    {
        var errors = new List<string>();
        var table = RouteFile.Parse(Encoding.UTF8.GetString(text), Settled, errors);
        Assert.Equal(table is null, errors.Count > 0);
        foreach (var number in (string?[])[null, "", "+15550100123", "15550100123", "+4930123456", "anonymous"])
        {
            var times = table?.Find(new RouteQuery(number) { Caller = number, TrunkId = "ST_1", At = Noon }).Timeouts;
            Assert.True(times is null or { MaxDuration.TotalSeconds: >= 10 and <= 14400 }, "a time out of range");
        }

        return DigitsPattern.Replace(errors.FirstOrDefault("read"), "0");
    }

    /// <summary>Every text is an address; a number comes back from its own text, and is shown by no printing.</summary>
    private static string CheckAddress(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var address = CallerAddress.Parse(text);
        Assert.DoesNotMatch(@"\d{7}", $"{address}");
        foreach (var reader in (NumberReader[])[Everywhere[0], German, American])
        {
            var read = CallerAddress.Parse(text, reader);
            Assert.True(read is CallerAddress.Anonymous == read.Text is null, "an address without a text, or a nobody with one");
            if (read.NamedNumber is { } number)
            {
                Assert.True(PhoneNumber.TryParse(number.E164, out var again) && again == number, "a number that does not come back");
                Assert.Equal(number, CallerAddress.Parse(number.E164, reader).Dialable);
            }
        }

        var isHost = SipHost.TryParse(text, out var host, out var reason);
        Assert.Equal(isHost, reason is null);
        Assert.True(!isHost || HostPattern.IsMatch(host!.Value), "a host that could break out of its URI");
        Assert.True(!CallSid.TryParse(text, out var sid) || sid.Value == text, "a sid that is another");
        Assert.True(!CallId.TryParse(text, out var callId) || callId.Value == text, "an id that is another");
        return $"{address.GetType().Name} {reason} {sid is null} {callId is null}";
    }

    /// <summary>Settings, or one exception that names what is wrong and shows no value.</summary>
    private static string CheckSettings(byte[] bytes)
    {
        var values = Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0]).ToDictionary(same => same.Key, same => same.Last()[1]);
        try
        {
            SettingsReader.Read(values.GetValueOrDefault, _ => "{}");
            return "read";
        }
        catch (SettingsException wrong)
        {
            Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
            return DigitsPattern.Replace(string.Join(' ', wrong.Errors.Order().Take(3)), "0");
        }
    }

    /// <summary>The plan of a country is loaded once, with its first number; here before anything is measured.</summary>
    private static NumberReader[] ReadersOfAllPlans()
    {
        foreach (var code in PhoneNumberUtil.GetInstance().GetSupportedGlobalNetworkCallingCodes())
        {
            NumberReader.International.TryRead($"+{code}12345678", null, out _);
        }

        var regions = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        return [NumberReader.International, .. regions.Select(region => new NumberReader(region))];
    }

    private static byte[][] Webhooks() =>
        [.. LiveKitFixture.All.SelectMany(fixture => fixture.Webhooks.Take(6)).Select(webhook => webhook.Body)];

    private static byte[][] Forms() => Lines(
        $"CallSid={Sid}&AccountSid=AC0123456789abcdef0123456789abcdef&From=%2B15550100001&To=%2B15550100123&CallStatus=ringing",
        $"CallSid={Sid}&ParentCallSid=CAfedcba9876543210fedcba9876543210&CallStatus=completed&SequenceNumber=3",
        $"CallSid={Sid}&DialCallStatus=no-answer&DialBridged=false&DialSipResponseCode=486",
        $"CallSid={Sid}&From=client%3Aada&To=sip%3Aada%40example.com%3Btransport%3Dtls&Empty=&Empty=&%F0%9F%93%9E=1");

    private static byte[][] Leases() =>
    [
        """{"callId":"abcdefghijklmnopqrstuvwxyz","fence":"abc","epoch":1,"job":"AJ_b6QfIumAiunW"}"""u8.ToArray(),
        """{"job":"AJ_1","epoch":2,"fence":"","callId":"abcdefghijklmnopqrstuvwxy2","more":{"a":[1,2,{}]}}"""u8.ToArray(),
    ];

    private static byte[][] Routes() =>
    [
        "{}"u8.ToArray(),
        """
        {"default":{"agent":{"name":"reception","greeting":"Hello!"},"reserve":{"name":"west"},
                    "fallback":{"number":"+15550100177","message":"Later.","language":"en-GB","voice":"Polly.Amy"}},
         "routes":[{"number":"+15550100123","agent":{"name":"billing","voice":"amber","tools":["invoices"]},"dialTimeoutSeconds":30,
                    "silence":{"redispatchSeconds":8,"reserveSeconds":14,"handoverSeconds":22}},
                   {"prefix":"+4930","agent":{"name":"berlin","prompt":"Speak German."},"maxDurationSeconds":1800,
                    "fallback":{"numbers":["+15550100178","+15550100179"],"ringSeconds":12,"screen":true,"screenPrompt":"{from} {to}"}},
                   {"address":"sip:support@example.com","from":["+49","+43"],"trunk":"ST_1","name":"support",
                    "hours":{"timeZone":"Europe/Berlin","open":[{"days":["mon-fri","sun"],"from":"22:00","to":"06:30"}],
                             "except":["2026-12-24"],"closed":{"agent":{"name":"night"}}}}]}
        """u8.ToArray(),
    ];

    private static byte[][] Addresses() => Lines(
        "+15550100123",
        "15550100123",
        "anonymous",
        "+266696687",
        "client:ada",
        "sip:ada@example.com;transport=tls",
        "sips:+15550100123@example.com",
        "tel:+1-555-010-0123;ext=12",
        "\"Ada\" <sip:0301234567;phone-context=+49@example.com;user=phone>;tag=1",
        "00 49 (30) 123456",
        "sip:project.sip.livekit.cloud:5060;transport=tcp",
        Sid,
        "abcdefghijklmnopqrstuvwxyz",
        " ",
        "");

    private static byte[][] SettingLines() => [Encoding.UTF8.GetBytes("""
        PUBLIC_URL=https://voice.example.com
        LIVEKIT_HOST=wss://project.livekit.cloud
        LIVEKIT_API_KEY=key
        LIVEKIT_API_SECRET=secret-hunter2-hunter2
        TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef
        TWILIO_AUTH_TOKEN=token-hunter2
        LIVEKIT_SIP_URI=sip:project.sip.livekit.cloud
        LIVEKIT_SIP_USERNAME=voice
        LIVEKIT_SIP_PASSWORD=hunter2
        DIAGNOSTICS_KEY=hunter2hunter2hunter2
        ROUTES_JSON={"routes":[{"prefix":"+49","fallback":{"message":"hunter2"}}]}
        DIAL_TIMEOUT_SECONDS=25
        SILENCE_HANDOVER_SECONDS=30
        CALLS_STORAGE_CONNECTION=AccountKey=hunter2
        CALLS_TABLE=calls
        RETENTION_DAYS=30
        LOG_LEVEL=Warning
        """)];

    private static byte[][] Lines(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    [GeneratedRegex(@"^CA[0-9a-fA-F]{32}:[a-z-]{1,32}:[0-9]{1,10}\z")]
    private static partial Regex DeliveryIdPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9.:;=~%\[\]_-]+\z")]
    private static partial Regex HostPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex JobPattern { get; }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex DigitsPattern { get; }
}
