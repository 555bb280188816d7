using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Settings;

/// <summary>Settings as people paste them: repaired where they can mean one thing only, named at the start otherwise.</summary>
public sealed class PastedSettingsTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Url = "https://voice.example.com";

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["PUBLIC_URL"] = Url,
        ["LIVEKIT_HOST"] = "wss://project.livekit.cloud",
        ["LIVEKIT_API_KEY"] = "key",
        ["LIVEKIT_API_SECRET"] = "secretsecretsecretsecretsecretsecret",
        ["TWILIO_ACCOUNT_SID"] = "AC0123456789abcdef0123456789abcdef",
        ["TWILIO_AUTH_TOKEN"] = Token,
        ["LIVEKIT_SIP_URI"] = "sip:project.sip.livekit.cloud",
    };

    [Theory]
    [InlineData($"\"{Token}\"", "quotes around it")]
    [InlineData($"'{Token}'", "quotes around it")]
    [InlineData($"`{Token}`", "quotes around it")]
    [InlineData($"\u201C{Token}\u201D", "quotes around it")]
    [InlineData($"\u201E{Token}\u201C", "quotes around it")]
    [InlineData($"\u00AB{Token}\u00BB", "quotes around it")]
    [InlineData($" '\"{Token}\"' ", "quotes around it")]
    [InlineData($"\" {Token}\r\n\"", "quotes around it")]
    [InlineData($"\u2039{Token}\u203A", "quotes around it")]
    [InlineData($"\uFF02{Token}\uFF02", "quotes around it")]
    [InlineData($"\u201B{Token}\u2019", "quotes around it")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", "capitals among its digits")]
    [InlineData($"\uFEFF{Token}", "invisible characters around it")]
    [InlineData($"\u00EF\u00BB\u00BF{Token}", "invisible characters around it")]
    [InlineData($"{Token}\u200B", "invisible characters around it")]
    [InlineData($"\u200E{Token}\u2060", "invisible characters around it")]
    [InlineData($"\u00A0{Token}\u202F", "invisible characters around it")]
    [InlineData($"{Token}\r", "invisible characters around it")]
    [InlineData($"{Token}\r\n", "invisible characters around it")]
    [InlineData($"{Token}\0", "invisible characters around it")]
    [InlineData($"\uFEFF\"{Token}\u200B\"", "quotes around it and invisible characters around it")]
    public void What_is_around_a_value_and_means_nothing_is_taken_off_and_told(string pasted, string repair)
    {
        var settings = Read(("TWILIO_AUTH_TOKEN", pasted));

        Assert.Equal([Token], settings.Twilio!.AuthTokens);
        Assert.Equal([$"TWILIO_AUTH_TOKEN had {repair}"], settings.Repairs);
    }

    [Fact]
    public void Blanks_and_a_slash_at_an_end_are_not_worth_a_word() =>
        Assert.Empty(Read(("TWILIO_AUTH_TOKEN", $" {Token}\n"), ("PUBLIC_URL", $"{Url}/\t")).Repairs);

    [Fact]
    public void Quotes_around_other_settings_are_taken_off_too()
    {
        var settings = Read(
            ("LIVEKIT_API_SECRET", "\"secretsecretsecretsecretsecretsecret\""),
            ("LIVEKIT_AGENT_NAME", "\"voice-agent\""),
            ("FALLBACK_MESSAGE", "\u201CWe\u2019re closed. Call \"tomorrow\".\u201D"),
            ("MAX_CALL_SECONDS", "'600'"),
            ("TELEPHONY_ENABLED", "\"false\""),
            ("ROUTES_JSON", "'{\"routes\":[{\"prefix\":\"+1\",\"agent\":{\"name\":\"american\"}}]}'"));

        Assert.Equal("secretsecretsecretsecretsecretsecret", settings.LiveKitKeys.Signing.Secret);
        Assert.Equal("voice-agent", settings.Routes.Default.Agent.Name);
        Assert.Equal("We\u2019re closed. Call \"tomorrow\".", settings.Routes.Default.Fallback.Message);
        Assert.Equal(600, settings.Routes.Default.Timeouts.MaxDuration.TotalSeconds);
        Assert.False(settings.TelephonyEnabled);
        Assert.Equal("american", settings.Routes.Find(new RouteQuery("+15550100123")).Agent.Name);
        Assert.Equal(6, settings.Repairs.Count);
    }

    [Fact]
    public void A_message_keeps_the_quotes_that_are_not_around_all_of_it()
    {
        const string Message = "\"Later\", she said, \"please\"";

        Assert.Equal(Message, Read(("FALLBACK_MESSAGE", Message)).Routes.Default.Fallback.Message);
    }

    [Fact]
    public void Quotes_around_nothing_set_nothing() =>
        Assert.Equal("TWILIO_AUTH_TOKEN is missing", Refusal(("TWILIO_AUTH_TOKEN", "\"\"")));

    [Theory]
    [InlineData("@Microsoft.AppConfiguration(Endpoint=https://cfg.example.com; Key=twilio-token)")]
    [InlineData("@Microsoft.KeyVault(VaultName=v;SecretName=t)")]
    [InlineData("\"@microsoft.keyvault(SecretUri=https://v.vault.azure.net/secrets/t)\"")]
    [InlineData("@Microsoft.Something(x)")]
    [InlineData("@AppConfig(x)")]
    [InlineData("secretref:twilio")]
    [InlineData("<your auth token>")]
    [InlineData("%TWILIO_AUTH_TOKEN%")]
    [InlineData("${TWILIO_AUTH_TOKEN}")]
    [InlineData("${{ secrets.TWILIO_AUTH_TOKEN }}")]
    [InlineData("$(TWILIO_AUTH_TOKEN)")]
    [InlineData("$TWILIO_AUTH_TOKEN")]
    [InlineData("$env:TWILIO_AUTH_TOKEN")]
    [InlineData("{{twilio_auth_token}}")]
    [InlineData("#{TwilioAuthToken}#")]
    [InlineData("__TWILIO_AUTH_TOKEN__")]
    [InlineData("[auth token]")]
    [InlineData("your_auth_token")]
    [InlineData("xxxxxxxxxxxxxxxx")]
    [InlineData("****************")]
    [InlineData("\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022")]
    [InlineData("changeme")]
    [InlineData("null")]
    [InlineData("01234567\u200B89abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef\n0123456789abcdef")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef # the token")]
    [InlineData("TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef")]
    [InlineData("\"0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef,")]
    [InlineData("AC0123456789abcdef0123456789abcdef")]
    [InlineData("SK0123456789abcdef0123456789abcdef")]
    public void What_cannot_be_a_token_stops_the_start_in_one_line(string pasted)
    {
        var error = Refusal(("TWILIO_AUTH_TOKEN", pasted));

        Assert.StartsWith("TWILIO_AUTH_TOKEN ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(pasted, error, StringComparison.Ordinal);
        Assert.StartsWith("TWILIO_AUTH_TOKEN_SECONDARY ", Refusal(("TWILIO_AUTH_TOKEN_SECONDARY", pasted)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LIVEKIT_API_SECRET", "<secret>")]
    [InlineData("LIVEKIT_API_SECRET", "LIVEKIT_API_SECRET=secretsecretsecretsecretsecretsecret")]
    [InlineData("LIVEKIT_API_SECRET", "&quot;secretsecretsecretsecretsecretsecret&quot;")]
    [InlineData("LIVEKIT_API_SECRET", "%22secretsecretsecretsecretsecretsecret%22")]
    [InlineData("LIVEKIT_API_SECRET", "arn:aws:secretsmanager:eu-west-1:1:secret:livekit")]
    [InlineData("LIVEKIT_API_SECRET", "vault:secret/data/livekit#secret")]
    [InlineData("LIVEKIT_API_KEY", "ref+vault://secret/livekit#key")]
    [InlineData("LIVEKIT_AGENT_NAME", "LIVEKIT_AGENT_NAME: voice-agent")]
    [InlineData("LIVEKIT_AGENT_NAME", "export LIVEKIT_AGENT_NAME=voice-agent")]
    [InlineData("LIVEKIT_AGENT_NAME", "&#34;voice-agent&#34;")]
    [InlineData("LIVEKIT_ROOM_PREFIX", "call_")]
    [InlineData("LIVEKIT_SIP_TRUNK_IDS", "\"ST_a\",\"ST_b\"")]
    [InlineData("PUBLIC_URL", "[https://voice.example.com](https://voice.example.com)")]
    [InlineData("PUBLIC_URL", "voice.example.com")]
    [InlineData("LIVEKIT_API_SECRET", "devkey: secretsecretsecretsecretsecretsecret")]
    [InlineData("LIVEKIT_API_SECRET", "\"secretsecretsecretsecretsecretsecret")]
    [InlineData("LIVEKIT_API_KEY", "@Microsoft.AppConfiguration(x)")]
    [InlineData("LIVEKIT_API_KEY", "API\u00ADkey")]
    [InlineData("LIVEKIT_AGENT_NAME", "{{agent}}")]
    [InlineData("LIVEKIT_AGENT_NAME", "voice-agent\"")]
    [InlineData("LIVEKIT_SIP_URI", "sip:<project>.sip.livekit.cloud")]
    [InlineData("LIVEKIT_HOST", "https:\\\\project.livekit.cloud")]
    [InlineData("LIVEKIT_HOST", "wss://project.livekit.cloud/ x")]
    [InlineData("LIVEKIT_HOST", "wss://<project>.livekit.cloud")]
    [InlineData("LIVEKIT_HOST", "wss://${PROJECT}.livekit.cloud")]
    [InlineData("LIVEKIT_HOST", "wss:project.livekit.cloud")]
    [InlineData("PUBLIC_URL", "https:\\\\voice.example.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/ x")]
    [InlineData("PUBLIC_URL", "https:voice.example.com")]
    [InlineData("PUBLIC_URL", "https:/voice.example.com")]
    [InlineData("PUBLIC_URL", "https:///voice.example.com")]
    [InlineData("PUBLIC_URL", "https://https://voice.example.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com,")]
    [InlineData("PUBLIC_URL", "https://voice..example.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com:99999")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/a/../b")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/%PREFIX%")]
    [InlineData("PUBLIC_URL", "https://%HOST%")]
    [InlineData("PUBLIC_URL", "https://{{host}}/")]
    [InlineData("PUBLIC_URL", "https://<your-app>.azurewebsites.net")]
    [InlineData("PUBLIC_URL", "https://YOUR-TUNNEL.example.com")]
    [InlineData("LIVEKIT_SIP_URI", "sip:YOUR-PROJECT.sip.livekit.cloud")]
    [InlineData("PUBLIC_URL", "https://voice.example\u200B.com")]
    [InlineData("PUBLIC_URL", "https://voice.example.com/twilio/voice?x=1")]
    [InlineData("PUBLIC_URL", "https://")]
    [InlineData("CALLS_STORAGE_TABLE_URI", "https:\\\\a.table.core.windows.net")]
    [InlineData("CALLS_STORAGE_CONNECTION", "@Microsoft.KeyVault(x)")]
    [InlineData("ROUTES_JSON", "@Microsoft.AppConfiguration(x)")]
    [InlineData("ROUTES_JSON", "${ROUTES}")]
    [InlineData("FALLBACK_MESSAGE", "%FALLBACK_MESSAGE%")]
    public void What_would_refuse_every_call_or_crash_the_start_is_named(string name, string pasted)
    {
        var error = Refusal((name, pasted));

        Assert.StartsWith($"{name} ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(pasted, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTPS://voice.example.com", Url, "capitals in its scheme")]
    [InlineData("https://Voice.Example.com/", Url, "capitals in its host")]
    [InlineData("https://voice.example.com/twilio/voice", Url, "the path of a route at its end")]
    [InlineData("https://voice.example.com/Twilio/Status/", Url, "the path of a route at its end")]
    [InlineData("https://voice.example.com/livekit/webhook", Url, "the path of a route at its end")]
    [InlineData("https://voice.example.com/Prefix/twilio/dial-result", $"{Url}/Prefix", "the path of a route at its end")]
    [InlineData("https://voice.example.com.", Url, "a dot at the end of its host")]
    [InlineData("https://voice.example.com.:8443/a/", $"{Url}:8443/a", "a dot at the end of its host")]
    [InlineData("https://voice.example.com:/", Url, "a colon without a port")]
    [InlineData("https://B\u00FCcher.example", "https://xn--bcher-kva.example",
        "capitals in its host and letters in its host that are not ASCII")]
    [InlineData("\uFEFF\"https://voice.example.com\"", Url, "quotes around it and invisible characters around it")]
    [InlineData("<https://voice.example.com/>", Url, "quotes around it")]
    [InlineData("HTTPS://VOICE.EXAMPLE.COM./Twilio/Voice/", Url,
        "capitals in its scheme and capitals in its host and a dot at the end of its host and the path of a route at its end")]
    public void A_PUBLIC_URL_is_brought_into_the_form_that_Twilio_signs(string pasted, string used, string repair)
    {
        var settings = Read(("PUBLIC_URL", pasted));

        Assert.Equal(used, settings.PublicUrl);
        Assert.Equal([$"PUBLIC_URL had {repair}"], settings.Repairs);
    }

    [Theory]
    [InlineData("https://voice.example.com///", Url)]
    [InlineData("https://voice.example.com/calls", $"{Url}/calls")]
    [InlineData("https://voice.example.com/twilio", $"{Url}/twilio")]
    [InlineData("https://voice.example.com/a%2Fb/C", $"{Url}/a%2Fb/C")]
    [InlineData("https://voice.example.com:443", $"{Url}:443")]
    [InlineData("http://[::1]:7071", "http://[::1]:7071")]
    [InlineData("http://127.0.0.1:7071/", "http://127.0.0.1:7071")]
    [InlineData("https://user:pass@voice.example.com", "https://user:pass@voice.example.com")]
    [InlineData("http://localhost", "http://localhost")]
    public void A_PUBLIC_URL_that_is_right_stays(string set, string used)
    {
        var settings = Read(("PUBLIC_URL", set));

        Assert.Equal(used, settings.PublicUrl);
        Assert.Empty(settings.Repairs);
    }

    [Theory]
    [InlineData("HTTPS://voice.example.com")]
    [InlineData("https://Voice.Example.com/")]
    [InlineData("https://voice.example.com/twilio/voice")]
    [InlineData("https://voice.example.com.")]
    public async Task A_call_that_Twilio_signs_for_the_right_URL_is_served(string publicUrl)
    {
        var bench = new GatewayBench(changes: ("PUBLIC_URL", publicUrl));

        var answer = await bench.VoiceAsync();

        Assert.Equal(200, answer.Status);
        Assert.Contains("action=\"https://voice.example.com/twilio/dial-result#", GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WSS://Project.LiveKit.Cloud.", "https://project.livekit.cloud/")]
    [InlineData("\"https://project.livekit.cloud\"", "https://project.livekit.cloud/")]
    public void LiveKits_address_is_repaired_alike(string pasted, string used)
    {
        var settings = Read(("LIVEKIT_HOST", pasted));

        Assert.Equal(used, settings.LiveKitHost.BaseUri.AbsoluteUri);
        Assert.StartsWith("LIVEKIT_HOST had ", Assert.Single(settings.Repairs), StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_settings_are_named_at_once_and_each_once()
    {
        var refused = Assert.Throws<SettingsException>(() => Read(
            ("PUBLIC_URL", "https:\\\\voice.example.com"),
            ("TWILIO_AUTH_TOKEN", "<your auth token>"),
            ("LIVEKIT_API_SECRET", "@Microsoft.AppConfiguration(x)"),
            ("LIVEKIT_API_KEY_SECONDARY", "%KEY%"),
            ("LIVEKIT_API_SECRET_SECONDARY", "secret2"),
            ("FALLBACK_NUMBER", "${HUMAN}")));

        Assert.Equal(
            ["FALLBACK_NUMBER", "LIVEKIT_API_KEY_SECONDARY", "LIVEKIT_API_SECRET", "PUBLIC_URL", "TWILIO_AUTH_TOKEN"],
            refused.Errors.Select(error => error.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_stores_client_refuses_stands_beside_everything_else()
    {
        var refused = Assert.Throws<SettingsException>(() => SettingsReader.Read(
            name => name switch
            {
                "CALLS_STORAGE_CONNECTION" => "AccountName=x;AccountKey=notbase64",
                "LOG_LEVEL" => "Loud",
                _ => Good.GetValueOrDefault(name),
            },
            _ => "{}",
            storage => storage.ConnectionString is null ? null : "CALLS_STORAGE_CONNECTION is none"));

        Assert.Equal(
            ["CALLS_STORAGE_CONNECTION is none", "LOG_LEVEL must be one of"],
            refused.Errors.Select(error => error.Split(" Trace")[0]).Order());
    }

    [Theory]
    [InlineData("it's \"fine\"")]
    [InlineData("'tis a password")]
    [InlineData("p%4$<w>")]
    public void A_password_that_somebody_chose_is_taken_as_it_is(string password) =>
        Assert.Equal(
            password, Read(("LIVEKIT_SIP_USERNAME", "user"), ("LIVEKIT_SIP_PASSWORD", password)).Twilio!.Credentials!.Password);

    private static string Refusal(params (string Name, string? Value)[] changes) =>
        Assert.Single(Assert.Throws<SettingsException>(() => Read(changes)).Errors);

    private static GatewaySettings Read(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Good);
        Array.ForEach(changes, change => values[change.Name] = change.Value);
        return SettingsReader.Read(values.GetValueOrDefault, _ => throw new FileNotFoundException());
    }
}
