using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing.Recordings;
using VoiceFunctions.Core.Telephony;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

public sealed class RouteFileTests
{
    private static readonly Route Settings = new(new AgentConfig("voice-agent"), Timeouts, new RouteFallback(null, "Sorry."));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"default":null,"routes":null}""")]
    [InlineData("""{"default":{},"routes":[]}""")]
    public void What_the_file_leaves_out_the_settings_say(string json) =>
        Assert.Equal(Settings, Read(json).Find(new RouteQuery("+15550100123")));

    [Fact]
    public void A_routes_recording_takes_what_it_leaves_out_from_the_default()
    {
        var table = Read("""
            {
              "default": { "recording": { "mode": "tracks", "consent": "agent", "retentionDays": 30 } },
              "routes": [
                { "number": "+15550100123", "recording": { "mode": "room", "format": "mp3", "start": "request" } },
                { "number": "+15550100124", "recording": { "consent": "none" } },
                { "number": "+15550100125", "recording": { "mode": "off" } }
              ]
            }
            """);

        RouteRecording? Of(string number) => table.Find(new RouteQuery(number)).Timeouts.Recording;
        var tracks = new RouteRecording(BySeparateTracks: true) { NeedsConsent = true, RetentionDays = 30 };
        Assert.Equal(tracks, Of("+15550100199"));
        Assert.Equal(
            new RouteRecording(BySeparateTracks: false)
            {
                NeedsConsent = true,
                StartsByItself = false,
                Format = "mp3",
                RetentionDays = 30,
            },
            Of("+15550100123"));
        Assert.Equal(tracks with { NeedsConsent = false }, Of("+15550100124"));
        Assert.Null(Of("+15550100125"));
        Assert.True(table.Records);
        Assert.False(Read("{}").Records);
    }

    [Fact]
    public void Whatever_is_wrong_with_a_recording_is_named_at_once()
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse(
            """
            {
              "default": { "recording": { "mode": "all", "consent": "yes", "start": "now", "format": "wav", "retentionDays": 0 } },
              "routes": [
                { "number": "+15550100123", "recording": { "mode": "tracks", "format": "mp3" } }
              ]
            }
            """,
            Settings,
            errors));

        Assert.Equal(
            [
                "default.recording.mode: must be tracks, room or off",
                "default.recording.consent: must be none or agent",
                "default.recording.start: must be answer or request",
                "default.recording.format: must be ogg, mp3 or mp4",
                "default.recording.retentionDays: must be from 1 to 3650",
                "routes[0].recording.format: separate tracks are written as they come, in ogg",
            ],
            errors);
        errors.Clear();
        Assert.Null(RouteFile.Parse("""{"default":{"recording":{}}}""", Settings, errors));
        Assert.Equal(["default.recording.mode: is missing"], errors);
    }

    [Fact]
    public void A_route_takes_what_it_leaves_out_from_the_default_and_that_from_the_settings()
    {
        var table = Read("""
            {
              "default": {
                "agent": { "name": "base", "prompt": "Be kind.", "tools": ["calendar"] },
                "maxDurationSeconds": 600,
                "fallback": { "number": "+15550109999" }
              },
              "routes": [
                {
                  "number": "+15550100123",
                  "agent": { "greeting": "Hello", "voice": "v", "model": "m", "noise_cancellation_type": "none" },
                  "dialTimeoutSeconds": 40
                },
                {
                  "prefix": "+49",
                  "agent": { "name": "german", "tools": [] },
                  "roomGraceSeconds": 0,
                  "fallback": { "message": "Auf Wiederhören." }
                }
              ]
            }
            """);

        var (exact, german) = (table.Find(new RouteQuery("+15550100123")), table.Find(new RouteQuery("+4930123456")));

        Assert.Equal(("base", "Be kind.", "Hello", "v", "m", "none"), (
            exact.Agent.Name,
            exact.Agent.Prompt,
            exact.Agent.Greeting,
            exact.Agent.Voice,
            exact.Agent.Model,
            exact.Agent.NoiseCancellationType));
        Assert.Equal(["calendar"], exact.Agent.Tools);
        Assert.Equal(
            new CallTimeouts(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(600), Timeouts.RoomGrace, Silence with { Humans = 1 }),
            exact.Timeouts);
        Assert.Equal(new RouteFallback(Number("+15550109999"), "Sorry."), exact.Fallback);
        Assert.Equal(
            ("german", "Be kind.", "telephony", 0),
            (german.Agent.Name, german.Agent.Prompt, german.Agent.NoiseCancellationType, german.Agent.Tools.Count));
        Assert.Equal(
            (Timeouts.DialTimeout, TimeSpan.FromSeconds(600), TimeSpan.Zero),
            (german.Timeouts.DialTimeout, german.Timeouts.MaxDuration, german.Timeouts.RoomGrace));
        Assert.Equal(new RouteFallback(null, "Auf Wiederhören."), german.Fallback);
        Assert.Equal("base", table.Find(new RouteQuery(null)).Agent.Name);
    }

    [Theory]
    [InlineData("""{"routes":[{"agent":{}}]}""", "routes[0]")]
    [InlineData("""{"routes":[{"number":"+15550100123"},{"number":"+15550100123","prefix":"+1"}]}""", "routes[1]")]
    [InlineData("""{"routes":[{"number":"555"}]}""", "routes[0]")]
    [InlineData("""{"routes":[{"prefix":"1"}]}""", "routes[0]")]
    [InlineData("""{"routes":[{"prefix":"+"}]}""", "routes[0]")]
    [InlineData("""{"routes":[{"prefix":"+12345678901234567"}]}""", "routes[0]")]
    [InlineData("""{"routes":[{"number":"+15550100123"},{"number":"+15550100123"}]}""", "routes[1]")]
    [InlineData("""{"routes":[{"prefix":"+1"},{"prefix":"+1"}]}""", "routes[1]")]
    [InlineData("""{"routes":[null]}""", "routes[0]")]
    [InlineData("""{"default":{"dialTimeoutSeconds":4}}""", "default.dialTimeoutSeconds")]
    [InlineData("""{"routes":[{"prefix":"+1","dialTimeoutSeconds":601}]}""", "routes[0].dialTimeoutSeconds")]
    [InlineData("""{"routes":[{"prefix":"+1","maxDurationSeconds":9}]}""", "routes[0].maxDurationSeconds")]
    [InlineData("""{"routes":[{"prefix":"+1","roomGraceSeconds":-1}]}""", "routes[0].roomGraceSeconds")]
    [InlineData("""{"routes":[{"prefix":"+1","silence":{"redispatchSeconds":2}}]}""", "routes[0].silence.redispatchSeconds")]
    [InlineData("""{"routes":[{"prefix":"+1","silence":{"reserveSeconds":601}}]}""", "routes[0].silence.reserveSeconds")]
    [InlineData("""{"default":{"silence":{"handoverSeconds":601}}}""", "default.silence.handoverSeconds")]
    [InlineData("""{"default":{"silence":{"redispatchSeconds":12,"handoverSeconds":12}}}""", "default.silence:")]
    [InlineData("""{"default":{"reserve":{"name":"second"},"silence":{"redispatchSeconds":12,"reserveSeconds":12}}}""", "default.silence:")]
    [InlineData("""{"default":{"reserve":{"name":"second"},"silence":{"reserveSeconds":25}}}""", "default.silence:")]
    [InlineData("""{"routes":[{"prefix":"+1","reserve":{"name":""}}]}""", "routes[0].reserve.name")]
    [InlineData("""{"routes":[{"prefix":"+1","fallback":{}}]}""", "routes[0].fallback")]
    [InlineData("""{"routes":[{"prefix":"+1","fallback":{"number":"nobody"}}]}""", "routes[0].fallback")]
    [InlineData("""{"routes":[{"prefix":"+1","fallback":{"message":" "}}]}""", "routes[0].fallback")]
    [InlineData("""{"routes":[{"prefix":"+1","fallback":{"numbers":[]}}]}""", "routes[0].fallback.numbers")]
    [InlineData("""{"routes":[{"prefix":"+1","fallback":{"numbers":["+15550100177",null]}}]}""", "routes[0].fallback.numbers[1]")]
    [InlineData("""{"default":{"fallback":{"numbers":["+15550100177","+15550100177"]}}}""", "default.fallback.numbers[1]")]
    [InlineData("""{"default":{"fallback":{"number":"+15550100177","numbers":["+15550100178"]}}}""", "default.fallback.numbers")]
    [InlineData("""{"default":{"fallback":{"ringSeconds":4}}}""", "default.fallback.ringSeconds")]
    [InlineData("""{"default":{"fallback":{"ringSeconds":601}}}""", "default.fallback.ringSeconds")]
    [InlineData("""{"default":{"fallback":{"language":"German"}}}""", "default.fallback.language")]
    [InlineData("""{"default":{"fallback":{"language":"de_DE"}}}""", "default.fallback.language")]
    [InlineData("""{"default":{"fallback":{"voice":"\"/><Dial>"}}}""", "default.fallback.voice")]
    [InlineData("""{"default":{"fallback":{"screenPrompt":" "}}}""", "default.fallback.screenPrompt")]
    [InlineData("""{"default":{"fallback":{"screenPrompt":"{caller} calls"}}}""", "default.fallback.screenPrompt: knows only {from}")]
    [InlineData("""{"default":{"fallback":{"screenWithheld":""}}}""", "default.fallback.screenWithheld")]
    [InlineData("""{"routes":[{"number":"+15550100123","fallback":{"number":"+15550100123"}}]}""", "routes[0].fallback:")]
    [InlineData(
        """{"default":{"fallback":{"numbers":["+15550100177","+15550100123"]}},"routes":[{"prefix":"+1"},{"number":"+15550100123"}]}""",
        "default.fallback: calls the number of routes[1]")]
    [InlineData(
        """{"routes":[{"address":"15550100177","fallback":{"number":"+15550100177"}}]}""",
        "routes[0].fallback: calls the number of routes[0]")]
    [InlineData(
        """{"routes":[{"address":"sip:+15550100177@acme.example"},{"prefix":"+1","fallback":{"number":"+15550100177"}}]}""",
        "routes[1].fallback: calls the number of routes[0]")]
    [InlineData(
        """{"routes":[{"number":"+15550100123"},{"prefix":"+1","fallback":{"number":"+15550100123"}}]}""", "routes[1].fallback: calls")]
    [InlineData("""{"routes":[{"prefix":"+1","agent":{"name":""}}]}""", "routes[0].agent.name")]
    [InlineData("""{"default":{"agent":{"name":" "}}}""", "default.agent.name")]
    [InlineData("""{"default":{"agent":{"tools":["a",null]}}}""", "default.agent.tools")]
    [InlineData("""{"default":{"number":"+15550100123"}}""", "default:")]
    [InlineData("""{"default":{"prefix":"+1"}}""", "default:")]
    [InlineData("""{"default":{"from":"+1"}}""", "default:")]
    [InlineData("""{"default":{"trunk":"ST_1"}}""", "default:")]
    [InlineData("""{"default":{"name":" "}}""", "default.name")]
    [InlineData("""{"routes":[{"number":"1001"}]}""", "routes[0].number")]
    [InlineData("""{"routes":[{"number":"030123456"}]}""", "routes[0].number")]
    [InlineData("""{"routes":[{"number":"+999123456789"}]}""", "routes[0].number")]
    [InlineData("""{"routes":[{"number":"+15550100123","address":"1001"}]}""", "routes[0]:")]
    [InlineData("""{"routes":[{"address":"+15550100123"}]}""", "routes[0].address")]
    [InlineData("""{"routes":[{"address":" "}]}""", "routes[0].address")]
    [InlineData("""{"routes":[{"address":"sip:example.com"}]}""", "routes[0].address")]
    [InlineData("""{"routes":[{"prefix":"+0"}]}""", "routes[0].prefix")]
    [InlineData("""{"routes":[{"from":[]}]}""", "routes[0].from")]
    [InlineData("""{"routes":[{"from":["+49","49"]}]}""", "routes[0].from")]
    [InlineData("""{"routes":[{"trunk":"SDR_1"}]}""", "routes[0].trunk")]
    [InlineData("""{"routes":[{"rule":"ST_1"}]}""", "routes[0].rule")]
    [InlineData("""{"routes":[{"prefix":"+1","name":""}]}""", "routes[0].name")]
    [InlineData("""{"routes":[{"address":"1001"},{"address":"sip:1001"}]}""", "routes[1]: is for the same calls as routes[0]")]
    [InlineData("""{"routes":[{"address":"sip:a@B.example"},{"address":"sip:a@b.example:5060"}]}""", "routes[1]: is for the same calls")]
    [InlineData("""{"routes":[{"number":"+4403012345678"},{"number":"+443012345678"}]}""", "routes[1]: is for the same calls")]
    [InlineData("""{"routes":[{"from":["+49","+43"]},{"from":["+41","+43"]}]}""", "routes[1]: is for the same calls as routes[0]")]
    [InlineData("""{"routes":[{"trunk":"ST_1","rule":"SDR_1"},{"rule":"SDR_1","trunk":"ST_1"}]}""", "routes[1]: is for the same calls")]
    public void What_is_wrong_is_named_by_its_place(string json, string place)
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse(json, Settings, errors));

        Assert.StartsWith(place, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"routs":[]}""", "$.routs")]
    [InlineData("""{"routes":[{"prefix":"+1","agent":{"nmae":"x"}}]}""", "$.routes[0].agent.nmae")]
    [InlineData("""{"default":{},"default":{}}""", "")]
    [InlineData("""{"default":{"dialTimeoutSeconds":"25"}}""", "$.default.dialTimeoutSeconds")]
    [InlineData("""{"routes":[{"from":49}]}""", "$.routes[0].from")]
    [InlineData("""{"routes":[{"from":["+49",null]}]}""", "$.routes[0].from")]
    [InlineData("{\n\"routes\": [\n{", "line 3")]
    [InlineData("", "line 1")]
    [InlineData("[]", "$")]
    public void What_is_not_the_format_is_refused_with_its_place(string json, string place)
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse(json, Settings, errors));

        Assert.Contains(place, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fallback_has_what_it_does_not_say_from_the_default_but_a_message_alone_calls_nobody()
    {
        var table = Read("""
            {
              "default": {
                "fallback": { "numbers": ["+15550109997", "+15550109998"], "ringSeconds": 12, "language": "fr-FR", "voice": "Polly.Lea" }
              },
              "routes": [
                { "prefix": "+1", "fallback": { "language": "en-GB" } },
                { "prefix": "+33", "fallback": { "number": "+15550109999" } },
                {
                  "prefix": "+49",
                  "fallback": { "message": "Später.", "language": "de-DE", "voice": "Polly.Vicki-Neural", "ringSeconds": 20 }
                }
              ]
            }
            """);
        PhoneNumber[] both = [Number("+15550109997"), Number("+15550109998")];

        var (none, english, french, german) = (
            table.Default.Fallback,
            table.Find(new RouteQuery("+15550100123")).Fallback,
            table.Find(new RouteQuery("+33123456789")).Fallback,
            table.Find(new RouteQuery("+4930123456")).Fallback);

        Assert.Equal((both[0], 12, new SpokenVoice("fr-FR", "Polly.Lea")), (none.Human, none.RingTime.TotalSeconds, none.Voice));
        Assert.Equal([both, both, [Number("+15550109999")], []], new[] { none, english, french, german }.Select(one => one.Humans));
        Assert.Equal((12, new SpokenVoice("en-GB", null)), (english.RingTime.TotalSeconds, english.Voice));
        Assert.Equal((12, new SpokenVoice("fr-FR", "Polly.Lea")), (french.RingTime.TotalSeconds, french.Voice));
        Assert.Equal(
            ("Später.", 20, new SpokenVoice("de-DE", "Polly.Vicki-Neural")), (german.Message, german.RingTime.TotalSeconds, german.Voice));
    }

    [Theory]
    [InlineData("{}", "FALLBACK_NUMBER: calls the number of routes[0]")]
    [InlineData("""{"fallback":{"language":"en-GB"}}""", "FALLBACK_NUMBER: calls the number of routes[0]")]
    [InlineData("""{"fallback":{"message":"Later."}}""", null)]
    [InlineData("""{"fallback":{"number":"+15550109999"}}""", null)]
    public void The_number_of_a_route_is_no_human_of_the_settings_either(string ofDefault, string? error)
    {
        var errors = new List<string>();
        var settings = Settings with { Fallback = new RouteFallback(Number("+15550100123"), "Sorry.") };

        RouteFile.Parse($$"""{"default":{{ofDefault}},"routes":[{"number":"+15550100123"}]}""", settings, errors);

        Assert.Equal(error is null ? [] : [error], errors.Select(one => one.Split(',')[0]));
    }

    [Theory]
    [InlineData(3800, 'a', true)]
    [InlineData(4001, 'a', false)]
    [InlineData(790, '"', false)]
    [InlineData(1900, 'é', true)]
    public void A_message_that_Twilio_would_not_take_everywhere_is_refused(int length, char letter, bool fits)
    {
        var (ofFile, ofSettings) = (new List<string>(), new List<string>());
        var message = new string(letter, length);

        RouteFile.Parse(
            $$"""{"default":{"fallback":{"message":{{System.Text.Json.JsonSerializer.Serialize(message)}} } } }""", Settings, ofFile);
        RouteFile.Parse("{}", Settings with { Fallback = new RouteFallback(null, message) }, ofSettings);

        Assert.Equal(fits ? [] : ["default.fallback.message"], ofFile.Select(one => one.Split(':')[0]));
        Assert.Equal(fits ? [] : ["FALLBACK_MESSAGE"], ofSettings.Select(one => one.Split(':')[0]));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var errors = new List<string>();

        RouteFile.Parse(
            """{"default":{"roomGraceSeconds":301},"routes":[{"number":"x"},{"prefix":"+1","maxDurationSeconds":1,"fallback":{}}]}""",
            Settings,
            errors);

        Assert.Equal(
            ["default.roomGraceSeconds", "routes[0].number", "routes[1].maxDurationSeconds", "routes[1].fallback"],
            errors.Select(error => error.Split(':')[0]));
    }

    [Fact]
    public void A_reserve_stands_in_for_the_agent_of_its_route_and_has_what_it_does_not_say_from_it()
    {
        var table = Read("""
            {
              "default": { "agent": { "name": "reception", "prompt": "Be kind." }, "reserve": { "name": "elsewhere", "voice": "v" } },
              "routes": [
                { "number": "+15550100123", "dialTimeoutSeconds": 30 },
                { "prefix": "+49", "agent": { "name": "berlin", "prompt": "Speak German." } },
                {
                  "prefix": "+33",
                  "reserve": { "name": "paris" },
                  "silence": { "redispatchSeconds": 5, "reserveSeconds": 8, "handoverSeconds": 12 }
                }
              ]
            }
            """);

        var (own, german) = (table.Find(new RouteQuery("+15550100123")), table.Find(new RouteQuery("+4930123456")));
        var french = table.Find(new RouteQuery("+33123456789"));

        Assert.Equal(("elsewhere", "Be kind.", "v"), (own.Reserve!.Name, own.Reserve.Prompt, own.Reserve.Voice));
        Assert.Equal(("elsewhere", "Speak German."), (german.Reserve!.Name, german.Reserve.Prompt));
        Assert.Equal(("paris", "Be kind."), (french.Reserve!.Name, french.Reserve.Prompt));
        Assert.Equal(
            (10, 16, 30),
            (own.Timeouts.Silence.Redispatch.TotalSeconds, own.Timeouts.Silence.Reserve.TotalSeconds, own.Timeouts.Handover.TotalSeconds));
        Assert.Equal((5, 8, 12), (
            french.Timeouts.Silence.Redispatch.TotalSeconds,
            french.Timeouts.Silence.Reserve.TotalSeconds,
            french.Timeouts.Handover.TotalSeconds));
        Assert.Equal(
            (true, "paris"),
            (french.Timeouts.Silence.HasReserve, french.AgentFor(new CallEffect.DispatchAgent(3) { Reserve = true }).Name));
        Assert.Equal("reception", french.AgentFor(new CallEffect.DispatchAgent(2)).Name);
    }

    [Fact]
    public void A_route_has_a_key_or_conditions_and_is_called_by_its_name_or_else_by_them()
    {
        var table = Read("""
            {
              "default": { "agent": { "name": "base" } },
              "routes": [
                { "number": "+15550100123", "name": "billing" },
                { "number": "+15550100123", "from": "+49" },
                { "address": "1001" },
                { "address": "sip:support@ACME.example.com" },
                { "prefix": "+33" },
                { "from": ["+41", "+43"], "trunk": "ST_1" },
                { "rule": "SDR_1", "trunk": "ST_2" }
              ]
            }
            """);

        Assert.Equal("billing", table.Find(new RouteQuery("+15550100123")).Name);
        Assert.Equal("+15550100123", table.Find(new RouteQuery("+15550100123") { Caller = "+4930123456" }).Name);
        Assert.Equal("1001", table.Find(new RouteQuery("1001")).Name);
        Assert.Equal("sip:support@acme.example.com", table.Find(new RouteQuery("sip:support@acme.example.com")).Name);
        Assert.Equal("+33", table.Find(new RouteQuery("+33123456789")).Name);
        Assert.Equal("from +41,+43 ST_1", table.Find(new RouteQuery(null) { Caller = "+43123456789", TrunkId = "ST_1" }).Name);
        Assert.Equal("ST_2 SDR_1", table.Find(new RouteQuery(null) { TrunkId = "ST_2", RuleId = "SDR_1" }).Name);
        Assert.Equal("default", table.Find(new RouteQuery("+49123456789")).Name);
        Assert.Equal(["ST_1", "ST_2"], table.TrunkIds.Order(StringComparer.Ordinal));
        Assert.Equal(["SDR_1"], table.RuleIds);
    }

    [Fact]
    public void Every_route_says_of_itself_whether_it_has_a_human_whom_LiveKit_can_dial()
    {
        const string Json = """
            {
              "default": { "fallback": { "message": "Later." } },
              "routes": [{ "number": "+15550100123", "fallback": { "number": "+15550109999" } }, { "prefix": "+49" }]
            }
            """;

        Assert.Equal((true, false, false), CallHuman(canCall: true));
        Assert.Equal((false, false, false), CallHuman(canCall: false));

        static (bool Own, bool German, bool Default) CallHuman(bool canCall)
        {
            var table = RouteFile.Parse(Json, Settings with { Timeouts = canCall ? HumanTimeouts : Timeouts }, [])!;
            return (Calls("+15550100123"), Calls("+4930123456"), Calls(null));

            bool Calls(string? called) => table.Find(new RouteQuery(called)).Timeouts.Silence.CallsHuman;
        }
    }

    private static RouteTable Read(string json)
    {
        var errors = new List<string>();
        var table = RouteFile.Parse(json, Settings, errors);
        Assert.Empty(errors);
        return table!;
    }

    private static PhoneNumber Number(string text) =>
        PhoneNumber.TryParse(text, out var number) ? number : throw new ArgumentException(text);

    [Fact]
    public void A_route_says_what_follows_when_its_agent_leaves_and_which_helpers_it_has()
    {
        var table = Read("""
            {
              "default": { "helpers": ["transcriber"] },
              "routes": [
                { "number": "+15550100123", "whenAgentLeaves": "replace", "helpers": ["media bot", "transcriber"] },
                { "number": "+15550100124", "helpers": [] }
              ]
            }
            """);
        var (own, none, others) = (table.Find(new RouteQuery("+15550100123")), table.Find(new RouteQuery("+15550100124")), table.Default);

        Assert.Equal((false, true, true), (own.Timeouts.EndsWithAgent, none.Timeouts.EndsWithAgent, others.Timeouts.EndsWithAgent));
        Assert.Equal(["media bot", "transcriber"], own.Timeouts.Helpers);
        Assert.Equal(["transcriber"], others.Timeouts.Helpers);
        Assert.Empty(none.Timeouts.Helpers);
    }

    [Theory]
    [InlineData("""{"whenAgentLeaves":"stop"}""", "default.whenAgentLeaves: must be end or replace")]
    [InlineData("""{"helpers":["a","a"]}""", "default.helpers: must be up to 8 different names")]
    [InlineData("""{"helpers":[" "]}""", "default.helpers: must be up to 8 different names")]
    [InlineData("""{"helpers":["voice-agent"]}""", "default.helpers: must not name the agent or the reserve")]
    public void A_wrong_helper_or_word_is_named(string route, string error)
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse($$"""{"default":{{route}}}""", Settings, errors));
        Assert.Equal([error], errors);
    }
}
