using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings;

public sealed class SettingsReaderTests
{
    private const string Account = "AC0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["PUBLIC_URL"] = "https://voice.example.com/",
        ["LIVEKIT_HOST"] = "wss://project.livekit.cloud",
        ["LIVEKIT_API_KEY"] = "key",
        ["LIVEKIT_API_SECRET"] = "secret",
        ["TWILIO_ACCOUNT_SID"] = Account,
        ["TWILIO_AUTH_TOKEN"] = "token",
        ["LIVEKIT_SIP_URI"] = "sip:project.sip.livekit.cloud",
    };

    [Fact]
    public void The_required_settings_alone_give_a_gateway_with_its_defaults()
    {
        var settings = Read(Good);

        Assert.Equal("https://voice.example.com", settings.PublicUrl);
        Assert.Equal(
            (Account, "token", null),
            (settings.Twilio!.AccountSid, Assert.Single(settings.Twilio.AuthTokens), settings.Twilio.Credentials));
        Assert.Equal(("call", null, null, true, null, "Information"), (
            settings.RoomPrefix,
            settings.AgentIdentityPrefix,
            settings.DefaultFrom,
            settings.TelephonyEnabled,
            settings.DiagnosticsKey,
            settings.LogLevel));
        Assert.Null(settings.Storage);
        Assert.Null(settings.SipOutboundTrunkId);
        Assert.Equal("ST_abc", Read(With(("LIVEKIT_SIP_OUTBOUND_TRUNK_ID", " ST_abc "))).SipOutboundTrunkId);
        Assert.Equal(TimeSpan.FromDays(30), settings.Retention);
        var route = settings.Routes.Find(new RouteQuery("+15550100123"));
        Assert.Equal(("voice-agent", 25, 3600, 10), (
            route.Agent.Name,
            route.Timeouts.DialTimeout.TotalSeconds,
            route.Timeouts.MaxDuration.TotalSeconds,
            route.Timeouts.RoomGrace.TotalSeconds));
        Assert.Null(route.Fallback.Human);
        Assert.Contains("nobody can take your call", route.Fallback.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_for_recordings_is_read_and_never_shown()
    {
        var key = Convert.ToBase64String(new byte[64]);
        (string, string?)[] azure =
            [("RECORDING_AZURE_ACCOUNT", "acct1"), ("RECORDING_AZURE_KEY", key), ("RECORDING_AZURE_CONTAINER", "re-cordings")];
        (string, string?)[] s3 =
        [
            ("RECORDING_S3_BUCKET", "buc.ket"), ("RECORDING_S3_ACCESS_KEY", "ak"), ("RECORDING_S3_SECRET", "hunter2"),
            ("RECORDING_S3_ENDPOINT", "https://s3.example.com"), ("RECORDING_S3_FORCE_PATH_STYLE", "true"),
        ];

        Assert.Null(Read(Good).RecordingTarget);
        Assert.Null(Read(With(("RECORDING_S3_FORCE_PATH_STYLE", "false"))).RecordingTarget);
        Assert.Contains(
            "RECORDING_S3_FORCE_PATH_STYLE must be",
            Refused(With(("RECORDING_S3_FORCE_PATH_STYLE", "perhaps"))).Message,
            StringComparison.Ordinal);
        Assert.Equal(new LiveKitFileTarget.Azure("acct1", key, "re-cordings"), Read(With(azure)).RecordingTarget);
        var bucket = Read(With(s3)).RecordingTarget;
        Assert.Equal(
            new LiveKitFileTarget.S3("buc.ket", "ak", "hunter2") { Endpoint = "https://s3.example.com", ForcePathStyle = true },
            bucket);
        Assert.DoesNotContain("hunter2", $"{bucket}", StringComparison.Ordinal);
        Assert.Contains("cannot both be set", Refused(With([.. azure, .. s3])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RECORDING_AZURE_ACCOUNT", "Ac-1")]
    [InlineData("RECORDING_AZURE_KEY", "not-a-key")]
    [InlineData("RECORDING_AZURE_CONTAINER", "a--b")]
    [InlineData("RECORDING_S3_BUCKET", "B")]
    [InlineData("RECORDING_S3_ENDPOINT", "s3.example.com")]
    [InlineData("RECORDING_S3_REGION", "eu central")]
    public void What_is_wrong_or_missing_of_a_place_for_recordings_is_named_without_its_value(string name, string value)
    {
        var message = Refused(With((name, value))).Message;

        Assert.Contains($"{name} must be", message, StringComparison.Ordinal);
        Assert.Contains("is missing: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, message.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_that_records_needs_a_place_for_it()
    {
        var routes = ("ROUTES_JSON", (string?)"""{"routes":[{"number":"+15550100123","recording":{"mode":"room"}}]}""");

        Assert.Contains("a route records its calls", Refused(With(routes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var refused = Refused(new Dictionary<string, string?> { ["LIVEKIT_HOST"] = "  " });

        Assert.Equal(
            [
                "LIVEKIT_API_KEY",
                "LIVEKIT_API_SECRET",
                "LIVEKIT_HOST",
                "LIVEKIT_SIP_URI",
                "PUBLIC_URL",
                "TWILIO_ACCOUNT_SID",
                "TWILIO_AUTH_TOKEN",
            ],
            refused.Errors.Select(error => error.Replace(" is missing", "", StringComparison.Ordinal)).Order());
        Assert.All(refused.Errors, error => Assert.Contains(error, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_list_of_settings_calls_required_is_required_and_nothing_else()
    {
        var missing = Refused([]).Errors.Select(error => error.Split(' ')[0]).ToHashSet();

        Assert.Equal(
            SettingNames.All.Where(setting => setting.Need != SettingNeed.Optional).Select(setting => setting.Name).ToHashSet(),
            missing);
        Assert.Equal(SettingNames.All.Count, SettingNames.All.DistinctBy(setting => setting.Name).Count());
    }

    [Fact]
    public void Every_setting_that_is_read_is_in_the_list()
    {
        var read = new HashSet<string>();

        SettingsReader.Read(name => read.Add(name) ? Good.GetValueOrDefault(name) : Good.GetValueOrDefault(name), _ => "{}");

        Assert.Equal(SettingNames.All.Select(setting => setting.Name).ToHashSet(), read);
    }

    [Theory]
    [InlineData("PUBLIC_URL", "voice.example.com")]
    [InlineData("PUBLIC_URL", "ftp://voice.example.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com?a=b")]
    [InlineData("PUBLIC_URL", "https://voice.example.com?")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/#x")]
    [InlineData("LIVEKIT_HOST", "livekit")]
    [InlineData("LIVEKIT_SIP_URI", "sip:user name@host")]
    [InlineData("TWILIO_ENABLED", "maybe")]
    [InlineData("TELEPHONY_ENABLED", "1")]
    [InlineData("TWILIO_ACCOUNT_SID", "AC123")]
    [InlineData("TWILIO_ACCOUNT_SID", "SK0123456789abcdef0123456789abcdef")]
    [InlineData("LIVEKIT_ROOM_PREFIX", "with space")]
    [InlineData("LIVEKIT_ROOM_PREFIX", "under_score")]
    [InlineData("LIVEKIT_AGENT_IDENTITY_PREFIX", "ab")]
    [InlineData("LIVEKIT_AGENT_IDENTITY_PREFIX", "bot 7")]
    [InlineData("LIVEKIT_AGENT_IDENTITY_PREFIX", "a-prefix-that-nobody-would-choose")]
    [InlineData("LIVEKIT_SIP_OUTBOUND_TRUNK_ID", "outbound")]
    [InlineData("LIVEKIT_SIP_OUTBOUND_TRUNK_ID", "ST_with space")]
    [InlineData("DEFAULT_REGION", "Germany")]
    [InlineData("DEFAULT_REGION", "UK")]
    [InlineData("DEFAULT_REGION", "001")]
    [InlineData("DIAL_TIMEOUT_SECONDS", "4")]
    [InlineData("DIAL_TIMEOUT_SECONDS", "601")]
    [InlineData("DIAL_TIMEOUT_SECONDS", "2.5")]
    [InlineData("MAX_CALL_SECONDS", "9")]
    [InlineData("MAX_CALL_SECONDS", "99999999999")]
    [InlineData("ROOM_GRACE_SECONDS", "-1")]
    [InlineData("ROOM_GRACE_SECONDS", "ten")]
    [InlineData("FALLBACK_NUMBER", "911")]
    [InlineData("TELEPHONY_DEFAULT_FROM_NUMBER", "5550100123")]
    [InlineData("DIAGNOSTICS_KEY", "short")]
    [InlineData("CALLS_STORAGE_TABLE_URI", "http://account.table.core.windows.net")]
    [InlineData("CALLS_STORAGE_TABLE_URI", "account")]
    [InlineData("CALLS_TABLE", "1calls")]
    [InlineData("CALLS_TABLE", "my-calls")]
    [InlineData("RETENTION_DAYS", "0")]
    [InlineData("LOG_LEVEL", "Loud")]
    public void A_wrong_value_is_named_by_its_setting_and_not_shown(string name, string value)
    {
        var error = Assert.Single(Refused(With((name, value))).Errors);

        Assert.StartsWith(name, error, StringComparison.Ordinal);
        Assert.DoesNotContain($" {value}", error.Replace("-1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_ever_shows_a_value()
    {
        var values = SettingNames.All.ToDictionary(setting => setting.Name, setting => (string?)$"hunter-{setting.Name.Length}-wrong?#");

        var refused = Refused(values);

        Assert.DoesNotContain("hunter", refused.ToString(), StringComparison.Ordinal);
        Assert.True(refused.Errors.Count > 10);
    }

    [Fact]
    public void A_Key_Vault_reference_that_was_not_resolved_stops_the_start()
    {
        var refused = Refused(With(
            ("TWILIO_AUTH_TOKEN", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/t)"),
            ("LIVEKIT_API_SECRET", "@microsoft.keyvault(x)")));

        Assert.Equal(["LIVEKIT_API_SECRET", "TWILIO_AUTH_TOKEN"], refused.Errors.Select(error => error.Split(' ')[0]).Order());
        Assert.All(refused.Errors, error => Assert.Contains("Key Vault", error, StringComparison.Ordinal));
        Assert.DoesNotContain("vault.azure.net", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Twilio_its_settings_are_not_needed()
    {
        var settings = Read(new Dictionary<string, string?>
        {
            ["PUBLIC_URL"] = "https://voice.example.com",
            ["LIVEKIT_HOST"] = "http://127.0.0.1:7880",
            ["LIVEKIT_API_KEY"] = "k",
            ["LIVEKIT_API_SECRET"] = "s",
            ["TWILIO_ENABLED"] = "False",
        });

        Assert.Null(settings.Twilio);
    }

    [Fact]
    public void Secrets_can_be_rotated()
    {
        var settings = Read(With(
            ("TWILIO_AUTH_TOKEN_SECONDARY", "new"),
            ("LIVEKIT_API_KEY_SECONDARY", "key2"),
            ("LIVEKIT_API_SECRET_SECONDARY", "secret2")));

        Assert.Equal(["token", "new"], settings.Twilio!.AuthTokens);
        Assert.Equal("key", settings.LiveKitKeys.Signing.Id);
    }

    [Theory]
    [InlineData("LIVEKIT_API_KEY_SECONDARY", "key2")]
    [InlineData("LIVEKIT_API_SECRET_SECONDARY", "secret2")]
    [InlineData("LIVEKIT_SIP_USERNAME", "user")]
    [InlineData("LIVEKIT_SIP_PASSWORD", "password")]
    public void What_goes_together_is_asked_for_together(string name, string value) =>
        Assert.EndsWith("must be set together", Assert.Single(Refused(With((name, value))).Errors), StringComparison.Ordinal);

    [Fact]
    public void The_same_key_twice_is_no_rotation() =>
        Assert.Single(Refused(With(("LIVEKIT_API_KEY_SECONDARY", "key"), ("LIVEKIT_API_SECRET_SECONDARY", "other"))).Errors);

    [Fact]
    public void Two_sources_of_the_same_thing_are_refused()
    {
        Assert.Contains(
            "ROUTES_JSON",
            Assert.Single(Refused(With(("ROUTES_FILE", "routes.json"), ("ROUTES_JSON", "{}"))).Errors),
            StringComparison.Ordinal);
        Assert.Contains(
            "CALLS_STORAGE_TABLE_URI",
            Assert.Single(Refused(With(
                ("CALLS_STORAGE_CONNECTION", "UseDevelopmentStorage=true"),
                ("CALLS_STORAGE_TABLE_URI", "https://a.table.core.windows.net"))).Errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_come_from_text_or_from_a_file()
    {
        const string Json = """{"routes":[{"prefix":"+1","agent":{"name":"american"}}]}""";

        Assert.Equal("american", Read(With(("ROUTES_JSON", Json))).Routes.Find(new RouteQuery("+15550100123")).Agent.Name);
        Assert.Equal("american", SettingsReader.Read(name => With(("ROUTES_FILE", "r.json")).GetValueOrDefault(name), path =>
            path == "r.json" ? Json : "{}").Routes.Find(new RouteQuery("+15550100123")).Agent.Name);
    }

    [Fact]
    public void Routes_that_are_wrong_are_named_with_their_place_beside_everything_else()
    {
        var refused = Refused(With(("ROUTES_JSON", """{"routes":[{"number":"x"}]}"""), ("LOG_LEVEL", "Loud")));

        Assert.Equal(2, refused.Errors.Count);
        Assert.Contains(refused.Errors, error => error.StartsWith("routes[0]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_by_its_setting()
    {
        foreach (var failure in new Exception[]
        {
            new FileNotFoundException("x"),
            new UnauthorizedAccessException("x"),
            new DirectoryNotFoundException("x"),
        })
        {
            var refused = Assert.Throws<SettingsException>(() =>
                SettingsReader.Read(name => With(("ROUTES_FILE", "/secret/place")).GetValueOrDefault(name), _ => throw failure));

            Assert.StartsWith("ROUTES_FILE", Assert.Single(refused.Errors), StringComparison.Ordinal);
            Assert.DoesNotContain("/secret/place", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fallback_is_a_human_before_a_message()
    {
        var fallback = Read(With(("FALLBACK_MESSAGE", "Closed."), ("FALLBACK_NUMBER", "+15550109999"))).Routes.Default.Fallback;

        Assert.Equal(("+15550109999", "Closed."), (fallback.Human?.E164, fallback.Message));
    }

    [Fact]
    public void Printing_settings_shows_no_secret()
    {
        var settings = Read(With(
            ("LIVEKIT_SIP_USERNAME", "user"),
            ("LIVEKIT_SIP_PASSWORD", "hunter2"),
            ("CALLS_STORAGE_CONNECTION", "AccountKey=hunter2"),
            ("TWILIO_AUTH_TOKEN", "hunter2")));

        Assert.DoesNotContain(
            "hunter2",
            $"{settings}{settings.Twilio}{settings.Storage}{settings.Twilio!.Credentials}{settings.LiveKitKeys}"
                + $"{settings.LiveKitKeys.Signing}",
            StringComparison.Ordinal);
        Assert.Equal(new SipCredentials("user", "hunter2"), settings.Twilio.Credentials);
    }

    private static GatewaySettings Read(Dictionary<string, string?> values) =>
        SettingsReader.Read(values.GetValueOrDefault, _ => throw new FileNotFoundException());

    private static SettingsException Refused(Dictionary<string, string?> values) => Assert.Throws<SettingsException>(() => Read(values));

    private static Dictionary<string, string?> With(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Good);
        Array.ForEach(changes, change => values[change.Name] = change.Value);
        return values;
    }
}
