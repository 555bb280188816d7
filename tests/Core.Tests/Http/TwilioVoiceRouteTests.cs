using System.Xml.Linq;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Http;

public sealed class TwilioVoiceRouteTests
{
    [Fact]
    public async Task A_caller_is_handed_to_LiveKit_into_the_calls_own_room()
    {
        var bench = new GatewayBench(null, (SettingNames.LiveKitSipUsername, "user"), (SettingNames.LiveKitSipPassword, "password"));

        var response = await bench.VoiceAsync();

        var dial = Xml(response).Element("Dial")!;
        var sip = dial.Element("Sip")!;
        Assert.Equal((200, Twiml.ContentType), (response.Status, response.ContentType));
        Assert.Equal(
            ("true", "25", "3600", "https://voice.example.com/twilio/dial-result#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000"),
            (Value(dial, "answerOnBridge"), Value(dial, "timeout"), Value(dial, "timeLimit"), Value(dial, "action")));
        Assert.Equal(
            ("user", "password", "https://voice.example.com/twilio/status"),
            (Value(sip, "username"), Value(sip, "password"), Value(sip, "statusCallback")));
        Assert.Equal($"sip:{GatewayBench.Call}@project.sip.livekit.cloud;transport=tcp?X-Call-Id={GatewayBench.Call}&X-Call-Sid="
                + $"{GatewayBench.CallSid}&X-Called-Number=%2B15550100123",
            sip.Value);
    }

    [Fact]
    public async Task The_arrival_is_journaled_once_and_the_workflow_started()
    {
        var bench = new GatewayBench();

        await bench.VoiceAsync();
        await bench.VoiceAsync();

        var stored = Assert.Single((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
        Assert.Equal(new CallFact.CallAnnounced(GatewayBench.CallSid, GatewayBench.From, GatewayBench.To), stored.Fact);
        Assert.Equal([GatewayBench.Call, GatewayBench.Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task A_repetition_gets_the_same_bytes()
    {
        var bench = new GatewayBench();

        var first = await bench.VoiceAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(first.Body.ToArray(), (await bench.VoiceAsync()).Body.ToArray());
    }

    [Fact]
    public async Task Neither_journal_nor_engine_stands_between_a_caller_and_the_answer()
    {
        var good = await new GatewayBench().VoiceAsync();
        var down = new GatewayBench { Journal = { IsDown = true } };
        var slow = new GatewayBench { Journal = { Hangs = true } };
        var asleep = new GatewayBench { Workflows = { Failure = new InvalidOperationException("The engine is away.") } };
        var stuck = slow.VoiceAsync();
        slow.Clock.Advance(TwilioVoiceHandler.RecordingBudget);

        Assert.All(
            new[] { await down.VoiceAsync(), await stuck, await asleep.VoiceAsync() },
            response => Assert.Equal((200, GatewayBench.Text(good)), (response.Status, GatewayBench.Text(response))));
    }

    [Fact]
    public async Task The_called_number_chooses_the_route()
    {
        const string Routes = """{"routes":[{"number":"+15550100123","dialTimeoutSeconds":40},{"prefix":"+49","maxDurationSeconds":60}]}""";
        var bench = new GatewayBench(null, (SettingNames.RoutesJson, Routes));

        Assert.Equal(("40", "3600"), Times(await bench.VoiceAsync(to: "+15550100123")));
        Assert.Equal(("25", "60"), Times(await bench.VoiceAsync(to: "+4930123456")));
        Assert.Equal(("25", "3600"), Times(await bench.VoiceAsync(to: "+33123456789")));
        Assert.Equal(("25", "3600"), Times(await bench.VoiceAsync(to: "client:support")));

        static (string?, string?) Times(GatewayResponse response) =>
            (Value(Xml(response).Element("Dial")!, "timeout"), Value(Xml(response).Element("Dial")!, "timeLimit"));
    }

    [Theory]
    [InlineData("anonymous", null)]
    [InlineData("+266696687", null)]
    [InlineData("", null)]
    [InlineData("client:bob", "client:bob")]
    [InlineData("sip:bob@example.com;user=phone", "sip:bob@example.com")]
    [InlineData("something else", "something else")]
    public async Task Whoever_calls_is_taken(string from, string? stored)
    {
        var bench = new GatewayBench();

        var response = await bench.VoiceAsync(from);

        Assert.NotNull(Xml(response).Element("Dial"));
        Assert.Equal(stored, Assert.IsType<CallFact.CallAnnounced>((await bench.StateAsync()).Twilio.Announced!.Fact).From);
    }

    [Fact]
    public async Task While_the_gateway_is_drained_callers_get_the_fallback_and_nothing_is_begun()
    {
        var bench = new GatewayBench(null, (SettingNames.TelephonyEnabled, "false"));

        Assert.Equal("Nobody is here.", Xml(await bench.VoiceAsync()).Element("Say")!.Value);
        Assert.False((await bench.StateAsync()).IsCall);
        Assert.Equal(
            200,
            (await bench.TwilioAsync("/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"))).Status);
    }

    [Theory]
    [InlineData("CallSid", "nonsense")]
    [InlineData("From", "+15550100001")]
    public async Task An_authentic_arrival_that_cannot_be_read_gets_the_fallback(string name, string value)
    {
        var response = await new GatewayBench().TwilioAsync("/twilio/voice", (name, value));

        Assert.Equal((200, "Nobody is here."), (response.Status, Xml(response).Element("Say")!.Value));
    }

    private static XElement Xml(GatewayResponse response) => XDocument.Parse(GatewayBench.Text(response)).Root!;

    private static string? Value(XElement element, string name) => element.Attribute(name)?.Value;
}
