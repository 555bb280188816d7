using System.Xml.Linq;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.Simulator.Tests.Twilio;

public sealed class TwilioTests
{
    private static readonly Caller Somebody = new("+15550101234", "+15550100");

    [Fact]
    public async Task The_voice_request_is_signed_and_has_the_fields_of_a_real_one()
    {
        await using var simulation = await Simulation.StartAsync();

        var experience = await CallAsync(simulation, Somebody);

        var request = simulation.Gateway.Requests[0];
        string[] expected =
        [
            "Called", "ToState", "CallerCountry", "Direction", "CallerState", "ToZip", "CallSid", "To", "CallerZip", "ToCountry",
            "StirVerstat", "CallToken", "CalledZip", "ApiVersion", "CalledCity", "CallStatus", "From", "AccountSid", "CalledCountry",
            "CallerCity", "ToCity", "FromCountry", "Caller", "FromCity", "CalledState", "FromZip", "FromState",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), request.Form.Fields.Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ("inbound", "ringing", "+15550101234", "+15550100"),
            (request.Form["Direction"], request.Form["CallStatus"], request.Form["From"], request.Form["To"]));
        Assert.Matches("^CA[0-9a-f]{32}$", request.Form["CallSid"]!);
        Assert.Equal(experience.CallSid, request.Form["CallSid"]);
        Assert.All(simulation.Gateway.Requests, received => Assert.Equal(TwilioVerification.Authentic, Verify(simulation, received)));
    }

    [Fact]
    public async Task An_empty_answer_ends_the_call()
    {
        await using var simulation = await Simulation.StartAsync();

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal(CallEnd.OtherSideHungUp, experience.End);
        Assert.Empty(experience.Heard);
    }

    [Fact]
    public async Task A_dial_to_livekit_rings_until_the_agent_speaks_and_is_told_to_its_end()
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: true);

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal([new Heard.Ringing(Ms(520)), new Heard.Agent(TimeSpan.FromSeconds(30))], experience.Heard);
        Assert.Equal(CallEnd.CallerHungUp, experience.End);
        var child = simulation.Gateway.Requests
            .Where(request => request.Path == "/twilio/status" && request.Form["ParentCallSid"] == experience.CallSid)
            .Select(request => request.Form)
            .ToList();
        Assert.Equal(
            ["0 initiated", "1 ringing", "2 in-progress", "3 completed"],
            child.Select(form => $"{form["SequenceNumber"]} {form["CallStatus"]}"));
        Assert.Equal(("30", "1", "200"), (child[3]["CallDuration"], child[3]["Duration"], child[3]["SipResponseCode"]));
        var result = Assert.Single(simulation.Gateway.Requests, request => request.Path == "/twilio/dial-result").Form;
        Assert.Equal(("completed", "true", "30", "200", child[0]["CallSid"]), (
            result["DialCallStatus"],
            result["DialBridged"],
            result["DialCallDuration"],
            result["DialSipResponseCode"],
            result["DialCallSid"]));
        var parent = Assert.Single(simulation.Gateway.Requests, request =>
            request.Path == "/twilio/status" && request.Form["CallSid"] == experience.CallSid).Form;
        Assert.Equal(("completed", "30"), (parent["CallStatus"], parent["CallDuration"]));
        var joined = Assert.Single(simulation.Gateway.Webhooks, webhook =>
            webhook.Text.Contains("participant_joined", StringComparison.Ordinal)
            && webhook.Text.Contains("sip.", StringComparison.Ordinal));
        Assert.Contains($"\"sip.twilio.callSid\":\"{child[0]["CallSid"]}\"", joined.Text, StringComparison.Ordinal);
        Assert.Contains("\"sip.h.x-call-id\":\"abc\"", joined.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dial_that_nobody_answers_ends_five_seconds_after_its_timeout_and_the_fallback_follows()
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: false, timeout: 10);
        simulation.Gateway.DialResult =
            _ => """<Response><Say>Please hold.</Say><Dial timeout="20"><Number>+15550111</Number></Dial></Response>""";

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal(
            [
                new Heard.Ringing(TimeSpan.FromSeconds(15)),
                new Heard.Message(Ms(800), "Please hold."),
                new Heard.Ringing(TimeSpan.FromSeconds(4)),
                new Heard.Human(TimeSpan.FromSeconds(30)),
            ],
            experience.Heard);
        Assert.Equal(
            "no-answer",
            simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form["DialCallStatus"]);
    }

    [Theory]
    [InlineData("anonymous", "", "failed")]
    [InlineData("client:alice", "", "failed")]
    [InlineData("client:alice", "callerId=\"+15550100999\"", "failed")]
    [InlineData("client:alice", "callerId=\"+15550100\"", "completed")]
    [InlineData("client:alice", "callerId=\"+15550100555\"", "completed")]
    [InlineData("+15550101234", "", "completed")]
    public async Task A_telephone_is_dialled_only_with_a_caller_id_that_the_account_may_show(string from, string more, string status)
    {
        await using var simulation = await Simulation.StartAsync(new() { Twilio = new() { VerifiedNumbers = ["+15550100555"] } });
        var url = simulation.Gateway.Url;
        simulation.Gateway.Voice = _ =>
            $"<Response><Dial {more} action=\"{url}twilio/dial-result\"><Number>+15550111</Number></Dial></Response>";

        await CallAsync(simulation, Somebody with { From = from });

        Assert.Equal(
            status, simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form["DialCallStatus"]);
    }

    /// <summary>A document that comes to its end puts the caller through; a hang-up is a completed Dial that was not bridged.</summary>
    [Theory]
    [InlineData('1', "true", 25)]
    [InlineData('2', "false", 0)]
    [InlineData(null, "false", 0)]
    public async Task A_human_who_is_asked_presses_a_key_or_none(char? key, string bridged, int heardSeconds)
    {
        await using var simulation = await Simulation.StartAsync();
        var url = simulation.Gateway.Url;
        simulation.Network.Twilio.Humans = new Dictionary<string, Human> { ["+15550111"] = new() { Presses = key } };
        simulation.Gateway.Voice = _ =>
            $"<Response><Dial action=\"{url}twilio/dial-result\"><Number url=\"{url}screen?n=1\">+15550111</Number></Dial></Response>";
        simulation.Gateway.Screen = request => request.Form["Digits"] switch
        {
            null => "<Response><Gather numDigits=\"1\" timeout=\"10\"><Say>Press 1 now.</Say></Gather><Hangup/></Response>",
            "1" => "<Response/>",
            _ => "<Response><Hangup/></Response>",
        };

        var experience = await CallAsync(simulation, Somebody with { Stays = TimeSpan.FromSeconds(25) });

        var asked = simulation.Gateway.Requests.Where(request => request.Path == "/screen").Select(request => request.Form).ToList();
        var result = simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form;
        Assert.Equal(key is null ? 1 : 2, asked.Count);
        Assert.All(asked, form => Assert.Equal(
            (experience.CallSid, result["DialCallSid"], "+15550111", "outbound-dial"),
            (form["ParentCallSid"], form["CallSid"], form["To"], form["Direction"])));
        Assert.Equal(("completed", bridged), (result["DialCallStatus"], result["DialBridged"]));
        Assert.Equal(heardSeconds, experience.HeardHuman.TotalSeconds, 1);
    }

    [Theory]
    [InlineData(486, "busy")]
    [InlineData(503, "failed")]
    [InlineData(480, "no-answer")]
    public async Task A_route_that_fails_is_told_in_the_dial_result(int sipStatus, string dialCallStatus)
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: false);
        simulation.Network.Twilio.Route = new SipRoute.Failing(sipStatus);

        await CallAsync(simulation, Somebody);

        var result = simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form;
        Assert.Equal(
            (dialCallStatus, "false", $"{sipStatus}"),
            (result["DialCallStatus"], result["DialBridged"], result["DialSipResponseCode"]));
        Assert.Empty(simulation.Network.LiveKit.Rooms);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_it_rings_cancels_the_call()
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: false);

        var experience = await CallAsync(simulation, Somebody with { Patience = TimeSpan.FromSeconds(3) });

        Assert.Equal([new Heard.Ringing(TimeSpan.FromSeconds(3))], experience.Heard);
        Assert.Equal(
            "canceled",
            simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form["DialCallStatus"]);
        Assert.Contains(simulation.Gateway.Webhooks, webhook => webhook.Text.Contains("participant_left", StringComparison.Ordinal)
            && webhook.Text.Contains("\"sip.callStatus\":\"hangup\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_silence_after_an_agents_death_is_heard()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(TimeSpan.FromSeconds(10)));
        Script(simulation, dispatches: true);

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal([new Heard.Ringing(Ms(520)), new Heard.Agent(Ms(9850)), new Heard.Silence(Ms(20150))], experience.Heard);
    }

    [Fact]
    public async Task The_time_limit_of_a_dial_ends_it()
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: true, more: "timeLimit=\"12\"");

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal(TimeSpan.FromSeconds(12), experience.HeardAgent);
        Assert.Equal(CallEnd.OtherSideHungUp, experience.End);
    }

    [Theory]
    [InlineData("not xml")]
    [InlineData("<Response><Dial></Response>")]
    [InlineData(" <Response/>")]
    [InlineData("<Other/>")]
    [InlineData("<Response><Dial><Sip>sip:nobody</Sip></Dial></Response>")]
    public async Task Twiml_that_makes_no_sense_is_an_application_error(string twiml)
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.Voice = _ => twiml;

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal(CallEnd.ApplicationError, experience.End);
        Assert.IsType<Heard.ApplicationError>(experience.Heard[^1]);
    }

    [Fact]
    public async Task An_answer_that_takes_more_than_fifteen_seconds_is_an_application_error()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.BeforeTwiml = _ => simulation.DelayAsync(16);

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal([new Heard.Ringing(TimeSpan.FromSeconds(15)), new Heard.ApplicationError(TimeSpan.FromSeconds(5))], experience.Heard);
    }

    [Theory]
    [InlineData("#rc=2&rp=ct,rt,5xx&rt=5000&tt=15000", 3, CallEnd.OtherSideHungUp)]
    [InlineData("#rc=1&rp=5xx", 2, CallEnd.ApplicationError)]
    [InlineData("#rc=2&rp=ct", 1, CallEnd.ApplicationError)]
    [InlineData("", 1, CallEnd.ApplicationError)]
    public async Task A_failed_request_is_made_again_as_the_fragment_of_its_url_says(string voiceOverride, int requests, CallEnd end)
    {
        await using var simulation = await Simulation.StartAsync(new() { Twilio = new() { VoiceOverride = voiceOverride } });
        var attempts = 0;
        simulation.Gateway.BeforeTwiml = context =>
        {
            context.Response.StatusCode = ++attempts < 3 ? 503 : 200;
            return Task.CompletedTask;
        };

        var experience = await CallAsync(simulation, Somebody);

        var voice = simulation.Gateway.Requests.Where(request => request.Path == "/twilio/voice").ToList();
        Assert.Equal((requests, end), (voice.Count, experience.End));
        Assert.Single(voice.Select(request => (request.Text, request.Headers["I-Twilio-Idempotency-Token"])).Distinct());
        Assert.All(voice, request => Assert.Equal(TwilioVerification.Authentic, Verify(simulation, request)));
    }

    [Fact]
    public async Task A_slow_answer_is_asked_for_again_when_its_read_timeout_is_over()
    {
        await using var simulation =
            await Simulation.StartAsync(new() { Twilio = new() { VoiceOverride = "#rc=2&rp=rt&rt=5000&tt=15000" } });
        var attempts = 0;
        simulation.Gateway.BeforeTwiml = _ => ++attempts == 1 ? simulation.DelayAsync(60) : Task.CompletedTask;

        var experience = await CallAsync(simulation, Somebody);

        Assert.Equal([new Heard.Ringing(TimeSpan.FromSeconds(5))], experience.Heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_made_twice_has_the_same_bytes_and_must_have_the_same_answer(bool answersAlike)
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.Twilio.Faults = new() { Duplicate = 1 };
        var answers = 0;
        simulation.Gateway.Voice = _ => answersAlike ? "<Response/>" : $"<Response><Pause length=\"{++answers}\"/></Response>";

        await CallAsync(simulation, Somebody);

        var voice = simulation.Gateway.Requests.Where(request => request.Path == "/twilio/voice").ToList();
        Assert.Equal(2, voice.Count);
        Assert.Equal(voice[0].Text, voice[1].Text);
        Assert.Equal(voice[0].Headers["I-Twilio-Idempotency-Token"], voice[1].Headers["I-Twilio-Idempotency-Token"]);
        Assert.Equal(answersAlike ? 0 : 1, simulation.Network.Twilio.Disagreements.Count);
    }

    [Fact]
    public async Task The_credentials_of_the_twiml_open_livekits_trunk()
    {
        await using var simulation = await Simulation.StartAsync();
        Script(simulation, dispatches: true, password: "wrong");

        await CallAsync(simulation, Somebody);

        Assert.Equal(
            "401",
            simulation.Gateway.Requests.Single(request => request.Path == "/twilio/dial-result").Form["DialSipResponseCode"]);
    }

    private static async Task<CallerExperience> CallAsync(Simulation simulation, Caller caller)
    {
        CallerExperience? experience = null;
        await simulation.RunAsync(async () =>
        {
            experience = await simulation.Network.Twilio.CallAsync(caller);
            await simulation.DelayAsync(30);
        });
        return experience!;
    }

    private static void Script(Simulation simulation, bool dispatches, int timeout = 30, string more = "", string? password = null)
    {
        var setup = simulation.Network.Setup;
        var url = simulation.Gateway.Url;
        var sip = new XElement(
            "Sip",
            new XAttribute("username", setup.SipUsername),
            new XAttribute("password", password ?? setup.SipPassword),
            new XAttribute("statusCallback", $"{url}twilio/status"),
            new XAttribute("statusCallbackEvent", "initiated ringing answered completed"),
            $"sip:abc@{setup.Twilio.SipHost};transport=tcp?x-call-id=abc");
        simulation.Gateway.Voice = _ => $"""<Response><Dial answerOnBridge="true" timeout="{timeout}" action="{url}twilio/dial-result" """
            + $"""{more}>{sip}</Dial></Response>""";
        simulation.Gateway.OnWebhook = (_, webhook) => dispatches
            && webhook.Text.Contains("participant_joined", StringComparison.Ordinal)
            && webhook.Text.Contains("\"kind\":\"SIP\"", StringComparison.Ordinal)
                ? simulation.ApiAsync(
                    "AgentDispatchService/CreateDispatch",
                    new() { ["room"] = "call_abc", ["agent_name"] = "a" },
                    "call_abc")
                : Task.CompletedTask;
    }

    private static TwilioVerification Verify(Simulation simulation, ReceivedRequest request)
    {
        var url = simulation.Gateway.Url.OriginalString.TrimEnd('/');
        var verifier = new TwilioSignature(url, [simulation.Network.Setup.Twilio.AuthToken]);
        return verifier.Verify(
            new GatewayRequest("POST", request.Path, name => request.Headers.GetValueOrDefault(name), request.Body),
            out _);
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
