using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Twilio;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>Doctor against a simulated Twilio and LiveKit and a gateway that serves, each over real HTTP.</summary>
public sealed class DoctorTests
{
    private const string OtherToken = "another-token-of-the-simulation";

    private static readonly Dictionary<string, Action<DoctorWorld>> Plants = new()
    {
        ["a setting is missing"] = world => world.Settings.Remove(SettingNames.LiveKitApiSecret),
        ["the clock is five minutes ahead"] = world => world.Clock = new ClockAhead(TimeSpan.FromMinutes(5)),
        ["nobody answers at the public URL"] = world => world.Settings[SettingNames.PublicUrl] = $"http://127.0.0.1:{Ports.Free()}",
        ["LiveKit is reached by nobody"] = world => world.Settings[SettingNames.LiveKitHost] = $"http://127.0.0.1:{Ports.Free()}",
        ["the host is no LiveKit server"] = world => world.Settings[SettingNames.LiveKitHost] = world.Settings[SettingNames.PublicUrl],
        ["LiveKit sends its webhooks nowhere"] = world => world.Network.LiveKit.WebhookUrl = null,
        ["no trunk takes Twilio's calls"] = world => world.Network.LiveKit.Trunks =
            [.. world.Network.LiveKit.Trunks.Where(trunk => trunk.Username is null)],
        ["the trunk wants another password"] = world => world.Settings[SettingNames.LiveKitSipPassword] = "not-the-one",
        ["the trunk wants another user"] = world => world.Settings[SettingNames.LiveKitSipUsername] = "not-the-one",
        ["the trunk has no rule"] = world => Rule(world, SipDispatchRule.None.Rule),
        ["the rule has another prefix"] = world => Rule(world, new SipDispatchRule.Callee("SDR_Twilio", "other")),
        ["the rule adds a random part"] = world => Rule(world, new SipDispatchRule.Callee("SDR_Twilio", "call") { Randomizes = true }),
        ["the rule is for each caller"] = world => Rule(world, new SipDispatchRule.Individual("SDR_Twilio", "call")),
        ["the rule brings an agent"] = world =>
            Rule(world, new SipDispatchRule.Callee("SDR_Twilio", "call") { Agents = ["voice-agent"] }),
        ["the outbound trunk is unknown"] = world => world.Settings[SettingNames.LiveKitSipOutboundTrunkId] = "ST_Nobody",
        ["no worker of the agent runs"] = world => world.Network.LiveKit.Agents = new AgentScript(AgentBehaviour.NeverJoins),
        ["the token is another region's"] = world => world.Twilio.Region = "ie1",
        ["the account is suspended"] = world => world.Twilio.Status = "suspended",
        ["the account has no number"] = world => world.Twilio.Numbers = [],
        ["the number's webhook is another"] = world => Number(world, number => number with { VoiceUrl = "https://other.example/voice" }),
        ["the number's webhook is a GET"] = world => Number(world, number => number with { VoiceMethod = "GET" }),
        ["the number is on a SIP trunk"] = world => Number(world, number => number with { TrunkSid = "TK01" }),
        ["nobody is told of a call's end"] = world => Number(world, number => number with { StatusCallback = "" }),
        ["the setting has LiveKit's own name"] = world =>
        {
            world.Settings.Remove(SettingNames.LiveKitHost, out var host);
            world.Settings["LIVEKIT_URL"] = host!;
        },
        ["an example was left in a setting"] = world =>
            world.Settings[SettingNames.LiveKitHost] = "https://YOUR-PROJECT.livekit.cloud",
        ["Twilio dials the agents' address"] = world => world.Settings[SettingNames.LiveKitSipUri] = "sip:project.livekit.cloud",
        ["a human's number lacks its plus"] = world => world.Settings[SettingNames.FallbackNumber] = "15550100177",
        ["the public URL has a path too many"] = world => world.Settings[SettingNames.PublicUrl] += "/voice",
        ["the clock is ten minutes behind"] = world => world.Clock = new ClockAhead(TimeSpan.FromMinutes(-10)),
        ["the trunk has the phone's number"] = world => world.Network.LiveKit.Trunks =
        [
            .. world.Network.LiveKit.Trunks.Select(trunk =>
                trunk.Username is null ? trunk : trunk with { Numbers = [DoctorWorld.Number] }),
        ],
        ["the settings have another prefix"] = world => world.Settings[SettingNames.LiveKitRoomPrefix] = "calls",
        ["the end of a call is a GET"] = world => Number(world, number => number with { StatusCallbackMethod = "GET" }),
        ["the number points to an older tunnel"] = world => Number(
            world,
            number => number with
            {
                VoiceUrl = "https://old-tunnel.example.com/twilio/voice#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000",
            }),
        ["the storage is no storage"] = world => world.Settings[SettingNames.StorageConnection] =
            $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint={world.Settings[SettingNames.PublicUrl]}/a;",
    };

    public static TheoryData<string, string, string> Misconfigurations { get; } = new()
    {
        { "a setting is missing", "settings", "docs/settings.md" },
        { "the clock is five minutes ahead", "clock", "NTP" },
        { "nobody answers at the public URL", "public-url", "start the gateway" },
        { "LiveKit is reached by nobody", "livekit-host", "LIVEKIT_HOST" },
        { "the host is no LiveKit server", "livekit-host", "LIVEKIT_HOST" },
        { "LiveKit sends its webhooks nowhere", "livekit-webhook", "/livekit/webhook" },
        { "no trunk takes Twilio's calls", "inbound-trunk", "lk sip inbound create" },
        { "the trunk wants another password", "sip-credentials", "lk sip inbound update" },
        { "the trunk wants another user", "sip-credentials", "LIVEKIT_SIP_USERNAME" },
        { "the trunk has no rule", "dispatch-rule", "lk sip dispatch create" },
        { "the rule has another prefix", "dispatch-rule", "LIVEKIT_ROOM_PREFIX" },
        { "the rule adds a random part", "dispatch-rule", "lk sip dispatch delete SDR_Twilio" },
        { "the rule is for each caller", "dispatch-rule", "lk sip dispatch delete SDR_Twilio" },
        { "the rule brings an agent", "double-agent", "room_config.agents" },
        { "the outbound trunk is unknown", "outbound-trunk", "lk sip outbound list" },
        { "no worker of the agent runs", "agent", "LIVEKIT_AGENT_NAME" },
        { "the token is another region's", "twilio-region", "ie1" },
        { "the account is suspended", "twilio-account", "billing" },
        { "the account has no number", "twilio-number", "buy" },
        { "the number's webhook is another", "voice-webhook", "--voice-url" },
        { "the number's webhook is a GET", "voice-webhook", "--voice-method 'POST'" },
        { "the number is on a SIP trunk", "voice-webhook", "TK01" },
        { "nobody is told of a call's end", "status-callback", "--status-callback-method" },
        { "the setting has LiveKit's own name", "settings", "name it LIVEKIT_HOST" },
        { "an example was left in a setting", "settings", "docs/settings.md" },
        { "Twilio dials the agents' address", "settings", ".sip.livekit.cloud" },
        { "a human's number lacks its plus", "settings", "docs/settings.md" },
        { "the public URL has a path too many", "public-url", "path prefix" },
        { "the clock is ten minutes behind", "clock", "NTP" },
        { "the trunk has the phone's number", "inbound-trunk", "remove the numbers" },
        { "the settings have another prefix", "dispatch-rule", "LIVEKIT_ROOM_PREFIX" },
        { "the end of a call is a GET", "status-callback", "--status-callback-method 'POST'" },
        { "the number points to an older tunnel", "voice-webhook", "--voice-url" },
        { "the storage is no storage", "storage", "CALLS_STORAGE_CONNECTION" },
    };

    public static TheoryData<string, string, string> OtherGateways { get; } = new()
    {
        { SettingNames.LiveKitApiSecret, "another-secret-of-the-simulation-0123456789", "livekit-door" },
        { SettingNames.TwilioAuthToken, OtherToken, "twilio-door" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_all_is_well_it_says_so_of_every_check_and_leaves_nothing_behind()
    {
        await using var world = await DoctorWorld.StartAsync();

        var (status, findings, _) = await world.ExamineAsync();

        Assert.Equal(0, status);
        Assert.Equal(Checkup.All.Select(check => check.Id), findings.Keys);
        Assert.All(findings.Values, finding => Assert.Equal("ok", (string?)finding["kind"]));
        Assert.NotEmpty(world.Network.LiveKit.Rooms);
        Assert.All(world.Network.LiveKit.Rooms, room => Assert.NotNull(room.FinishedAt));
        Assert.Empty(await world.Journal.ListOpenAsync(Stop).ToListAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Misconfigurations))]
    public async Task It_names_the_one_thing_that_is_wrong_and_what_to_change(string plant, string id, string change)
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Options = world.Options with { Patience = TimeSpan.FromSeconds(1.5) };
        Plants[plant](world);

        var (status, findings, text) = await world.ExamineAsync();

        Assert.Equal(1, status);
        Assert.Equal([id], Failed(findings));
        Assert.Contains(change, (string?)findings[id]["change"], StringComparison.Ordinal);
        Assert.All(findings.Values, finding => Assert.Contains((string?)finding["kind"], (string[])["ok", "fail", "skipped"]));
        HoldsNoSecret(world, text);
    }

    [Theory]
    [MemberData(nameof(OtherGateways))]
    public async Task It_sees_that_the_gateway_runs_with_other_settings(string setting, string value, string id)
    {
        await using var world = await DoctorWorld.StartAsync((setting, value));

        var (_, findings, text) = await world.ExamineAsync();

        Assert.Equal([id], Failed(findings));
        Assert.Contains(setting, (string?)findings[id]["change"], StringComparison.Ordinal);
        HoldsNoSecret(world, text);
    }

    [Theory]
    [InlineData(SettingNames.LiveKitApiSecret, "another-secret-of-the-simulation-0123456789", "livekit-keys")]
    [InlineData(SettingNames.TwilioAuthToken, OtherToken, "twilio-account")]
    public async Task It_sees_that_a_key_is_wrong_which_the_gateway_has_too(string setting, string value, string id)
    {
        await using var world = await DoctorWorld.StartAsync((setting, value));
        world.Settings[setting] = value;

        var (_, findings, _) = await world.ExamineAsync();

        Assert.Equal([id], Failed(findings));
        Assert.Contains(setting, (string?)findings[id]["change"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_sees_that_key_and_secret_are_swapped()
    {
        var (key, secret) = new LiveKitSetup().Key;
        await using var world = await DoctorWorld.StartAsync((SettingNames.LiveKitApiKey, secret), (SettingNames.LiveKitApiSecret, key));
        (world.Settings[SettingNames.LiveKitApiKey], world.Settings[SettingNames.LiveKitApiSecret]) = (secret, key);

        var (_, findings, text) = await world.ExamineAsync();

        Assert.Equal(["livekit-keys"], Failed(findings));
        Assert.Contains("seem to be swapped", (string?)findings["livekit-keys"]["found"], StringComparison.Ordinal);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_sees_that_LiveKit_is_asked_without_TLS()
    {
        await using var world = await DoctorWorld.StartAsync();
        await using var cloud = await KestrelHttpAdapter.StartAsync(
            0, (_, _, _, _) => ValueTask.FromResult(new GatewayResponse(301, null, default)), next => next, Stop);
        world.Settings[SettingNames.LiveKitHost] = $"ws://{cloud.Address.Authority}";

        var (_, findings, _) = await world.ExamineAsync();

        Assert.Equal(["livekit-host"], Failed(findings));
        Assert.Contains("begin with https or wss", (string?)findings["livekit-host"]["change"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhooks_URL_in_the_place_of_the_gateways_is_repaired_and_told()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Settings[SettingNames.PublicUrl] += "/livekit/webhook";

        var (status, findings, _) = await world.ExamineAsync();

        Assert.Equal((0, "warn"), (status, (string?)findings["settings"]["kind"]));
        Assert.Contains("the path of a route at its end", (string?)findings["settings"]["found"], StringComparison.Ordinal);
        Assert.Equal("ok", (string?)findings["twilio-door"]["kind"]);
    }

    [Fact]
    public async Task It_sees_a_certificate_that_Twilio_and_LiveKit_would_not_take()
    {
        await using var world = await DoctorWorld.StartAsync();
        await using var front = await SelfSigned.StartAsync();
        world.Settings[SettingNames.PublicUrl] = front.Url;
        world.PointNumberAt(front.Url);

        var (_, findings, _) = await world.ExamineAsync();

        Assert.Equal(["certificate"], Failed(findings));
        Assert.Contains("public certificate authority", (string?)findings["certificate"]["change"], StringComparison.Ordinal);
        Assert.Equal("skipped", (string?)findings["livekit-door"]["kind"]);
    }

    [Fact]
    public async Task A_number_without_a_fallback_is_a_warning()
    {
        await using var world = await DoctorWorld.StartAsync();
        Number(world, number => number with { VoiceFallbackUrl = "" });

        var (status, findings, _) = await world.ExamineAsync();

        Assert.Equal(0, status);
        Assert.Equal("warn", (string?)findings["fallback-url"]["kind"]);
    }

    [Fact]
    public async Task What_cannot_be_seen_is_said_to_be_so()
    {
        await using var world = await DoctorWorld.StartAsync();
        world.Settings.Remove(SettingNames.DiagnosticsKey);

        var (status, findings, _) = await world.ExamineAsync();

        Assert.Equal(0, status);
        Assert.Equal("warn", (string?)findings["livekit-webhook"]["kind"]);
        Assert.Contains("cannot be checked from here", (string?)findings["livekit-webhook"]["found"], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_and_its_exit_status_is_documented()
    {
        var page = File.ReadAllText(VoiceFunctions.Testing.Repository.PathOf("docs", "doctor.md"));

        Assert.All(Checkup.All, check => Assert.Contains($"`{check.Id}`", page, StringComparison.Ordinal));
        Assert.Equal(Checkup.All.Count, Checkup.All.Select(check => check.Id).Distinct().Count());
        foreach (var check in Checkup.All)
        {
            Assert.All(check.Needs, need => Assert.Contains(Checkup.All.TakeWhile(other => other != check), other => other.Id == need));
        }
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--yes")]
    [InlineData("--number", "12")]
    [InlineData("--number")]
    [InlineData("request")]
    [InlineData("request", "FILE", "--at", "noon")]
    public async Task Wrong_arguments_are_answered_with_the_right_ones(params string[] arguments)
    {
        using var errors = new StringWriter();

        Assert.Equal(2, await Shell.RunAsync(["doctor", .. arguments], _ => null, TextWriter.Null, errors, Stop));
        Assert.EndsWith($"--help.{Environment.NewLine}", errors.ToString(), StringComparison.Ordinal);
    }

    internal static IEnumerable<string> Failed(IReadOnlyDictionary<string, JsonNode> findings) =>
        findings.Values.Where(finding => (string?)finding["kind"] == "fail").Select(finding => (string)finding["id"]!);

    private static void HoldsNoSecret(DoctorWorld world, string text)
    {
        string[] secrets =
        [
            SettingNames.LiveKitApiSecret, SettingNames.TwilioAuthToken, SettingNames.LiveKitSipPassword, SettingNames.DiagnosticsKey,
        ];
        Assert.All(
            secrets.Where(world.Settings.ContainsKey),
            name => Assert.DoesNotContain(world.Settings[name], text, StringComparison.Ordinal));
        Assert.DoesNotContain(world.Network.Setup.SipPassword, text, StringComparison.Ordinal);
    }

    private static void Rule(DoctorWorld world, SipDispatchRule rule) => world.Network.LiveKit.Trunks =
        [.. world.Network.LiveKit.Trunks.Select(trunk => trunk.Username is null ? trunk : trunk with { Rule = rule })];

    internal static void Number(DoctorWorld world, Func<AccountNumber, AccountNumber> change) =>
        world.Twilio.Numbers = [.. world.Twilio.Numbers.Select(change)];

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }

    /// <summary>A gateway's health behind a certificate that nobody knows.</summary>
    private sealed class SelfSigned(WebApplication app, X509Certificate2 certificate, RSA key) : IAsyncDisposable
    {
        public string Url => app.Urls.Single();

        public static async Task<SelfSigned> StartAsync()
        {
            var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            var now = TimeProvider.System.GetUtcNow();
            var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
            var app = builder.Build();
            app.Run(context => context.Response.WriteAsync("""{"status":"ok","version":"1.0"}"""));
            await app.StartAsync(Stop);
            return new SelfSigned(app, certificate, key);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            certificate.Dispose();
            key.Dispose();
        }
    }
}
