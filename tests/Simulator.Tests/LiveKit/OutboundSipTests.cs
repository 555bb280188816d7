using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>Phones that LiveKit dials into a room, beside the recordings of real ones.</summary>
public sealed class OutboundSipTests
{
    private const string Room = "call_x";
    private const string Identity = "human_x";

    /// <summary>A recording, and a human who does the same.</summary>
    public static TheoryData<string, string> Recordings { get; } = new()
    {
        { "sip-outbound-answered-nowait", "removed" },
        { "sip-outbound-answered-wait", "talks" },
        { "sip-outbound-486-nowait", "busy" },
        { "sip-outbound-480-wait", "off" },
        { "sip-outbound-no-answer-nowait", "away" },
        { "sip-outbound-room-deleted-while-ringing", "deleted" },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_dialled_phone_is_told_of_as_in_the_recording(string recording, string plot)
    {
        var real = LiveKitFixture.Load(recording).OwnWebhooks.Select(webhook => webhook.Json).ToList();
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.Human = plot switch
        {
            "talks" => new Human { AnswersAfter = TimeSpan.FromSeconds(1), Talks = TimeSpan.FromSeconds(3) },
            "busy" => Human.Busy,
            "off" => Human.SwitchedOff,
            "away" or "deleted" => Human.Away,
            _ => new Human { AnswersAfter = TimeSpan.FromSeconds(1) },
        };

        await simulation.RunAsync(async () =>
        {
            await DialAsync(simulation, "4s");
            await simulation.DelayAsync(plot is "deleted" ? 2 : 6);
            await (plot is "removed"
                ? simulation.ApiAsync("RoomService/RemoveParticipant", new() { ["room"] = Room, ["identity"] = Identity }, Room)
                : simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = Room }));
            await simulation.DelayAsync(60);
        });

        var ours = simulation.Gateway.Webhooks.Select(webhook => JsonNode.Parse(webhook.Text)!).ToList();
        Assert.Equal(real.Select(Summary), ours.Select(Summary));
        Assert.Equal(real.Select(Fields), ours.Select(Fields));
    }

    [Fact]
    public async Task The_status_goes_from_dialing_over_ringing_to_active_and_audio_comes_before_all_that()
    {
        await using var simulation = await Simulation.StartAsync();
        var seen = new List<string>();

        await simulation.RunAsync(async () =>
        {
            await DialAsync(simulation);
            foreach (var wait in new[] { 0.1, 0.9, 4 })
            {
                await simulation.DelayAsync(wait);
                var participant = (await simulation.ApiAsync(
                    "RoomService/GetParticipant", new() { ["room"] = Room, ["identity"] = Identity }, Room)).Json;
                seen.Add($"{participant["attributes"]!["sip.callStatus"]} {participant["tracks"]!.AsArray().Count} "
                    + $"{participant["attributes"]!["sip.callIDFull"] is not null}");
            }
        });

        Assert.Equal(["dialing 1 False", "ringing 1 False", "active 1 True"], seen);
        Assert.Equal(
            ["dialing", "ringing", "active"],
            LiveKitFixture.Load("sip-outbound-answered-nowait").OwnCalls.Where(call => call.Method == "RoomService/ListParticipants")
                .Select(call => (string)JsonNode.Parse(call.Answer)!["participants"]![0]!["attributes"]!["sip.callStatus"]!).Distinct());
    }

    [Fact]
    public async Task The_answer_has_the_fields_of_a_real_one_and_names_the_participant_that_joined()
    {
        await using var simulation = await Simulation.StartAsync();
        ApiAnswer answer = new(0, "", "");

        await simulation.RunAsync(async () =>
        {
            answer = await DialAsync(simulation);
            await simulation.DelayAsync(1);
        });

        var shape = new Shape();
        shape.Add(JsonNode.Parse(RecordedDials("sip-outbound-answered-nowait").Single().Answer)!);
        Assert.Empty(shape.Differences(answer.Json));
        var joined = simulation.Gateway.Webhooks.Select(webhook => JsonNode.Parse(webhook.Text)!).Single(webhook =>
            (string)webhook["event"]! == "participant_joined")["participant"]!;
        Assert.Equal(
            ((string)answer.Json["participant_id"]!, (string)answer.Json["participant_identity"]!, (string)answer.Json["sip_call_id"]!),
            ((string)joined["sid"]!, (string)joined["identity"]!, (string)joined["attributes"]!["sip.callID"]!));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_in_the_words_of_a_real_server()
    {
        await using var simulation = await Simulation.StartAsync();
        var answers = new List<ApiAnswer>();

        await simulation.RunAsync(async () =>
        {
            answers.Add(await DialAsync(simulation, trunk: "ST_doesnotexist"));
            answers.Add(await DialAsync(simulation, room: ""));
            answers.Add(await DialAsync(simulation, to: ""));
            answers.Add(await simulation.ApiAsync("SIP/CreateSIPParticipant", [], "r"));
        });

        Assert.Equal(
            RecordedDials("sip-outbound-unreachable")
                .Skip(1)
                .Select(call => $"{call.Status} {JsonNode.Parse(call.Answer)!.ToJsonString()}"),
            answers.Select(answer => $"{answer.Status} {answer.Json.ToJsonString()}"));
        Assert.Empty(simulation.Network.LiveKit.Rooms);
    }

    [Theory]
    [InlineData(true, "Ringing 4.455, Human 5")]
    [InlineData(false, "Ringing 0.24, Silence 4.215, Human 5")]
    public async Task A_waiting_caller_is_picked_up_by_the_dialled_phone_and_hears_the_tone_until_the_human_is_there(
        bool playsDialtone, string expected)
    {
        await using var simulation = await Simulation.StartAsync();
        CallerExperience? lived = null;

        await simulation.RunAsync(async () =>
        {
            var calling =
                simulation.Network.CallOverTrunkAsync(new Caller("+15550101234", "+15550199") { Stays = TimeSpan.FromSeconds(9.215) });
            await simulation.DelayAsync(0.13);
            var room = simulation.Network.LiveKit.Rooms[0].Name;
            await DialAsync(simulation, room: room, playsDialtone: playsDialtone);
            lived = await calling;
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = room });
        });

        Assert.Equal(expected, string.Join(
            ", ",
            lived!.Heard.Select(heard => FormattableString.Invariant($"{heard.GetType().Name} {heard.For.TotalSeconds:0.###}"))));
        var truth = simulation.Network.LiveKit.Rooms[0];
        Assert.Equal((1, true, true), (truth.PhonesDialled, truth.PhoneAnsweredAt is not null, truth.FinishedAt is not null));
    }

    [Fact]
    public async Task Dialling_the_same_human_again_throws_the_first_leg_out()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            await DialAsync(simulation);
            await simulation.DelayAsync(1);
            await DialAsync(simulation);
            await simulation.DelayAsync(1);
        });

        Assert.Contains(
            "participant_left SIP DUPLICATE_IDENTITY",
            simulation.Gateway.Webhooks.Select(webhook => Summary(JsonNode.Parse(webhook.Text)!)));
        Assert.Equal(2, simulation.Network.LiveKit.Rooms[0].PhonesDialled);
    }

    private static Task<ApiAnswer> DialAsync(
        Simulation simulation,
        string? rings = null,
        string? trunk = null,
        string room = Room,
        string to = "+4930123456",
        bool playsDialtone = true)
    {
        var message = new JsonObject
        {
            ["sip_trunk_id"] = trunk ?? simulation.Network.Setup.LiveKit.OutboundTrunkId,
            ["sip_call_to"] = to,
            ["room_name"] = room,
            ["participant_identity"] = Identity,
            ["participant_name"] = "Callee",
            ["participant_metadata"] = "m",
            ["play_dialtone"] = playsDialtone,
        };
        if (rings is not null)
        {
            message["ringing_timeout"] = rings;
        }

        var token = LiveKitToken.Mint(
            simulation.Network.LiveKit.Key, LiveKitGrants.PlaceCalls, simulation.Time.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));
        return simulation.ApiAsync("SIP/CreateSIPParticipant", message.ToJsonString(), token);
    }

    private static IEnumerable<FixtureCall> RecordedDials(string recording) =>
        LiveKitFixture.Load(recording).OwnCalls.Where(call => call.Method == "SIP/CreateSIPParticipant");

    private static string Summary(JsonNode webhook) =>
        string.Join(' ', ((string?[])[
            (string?)webhook["event"],
            (string?)webhook["participant"]?["kind"],
            (string?)webhook["participant"]?["disconnectReason"],
        ]).Where(word => word is not null));

    /// <summary>
    /// The event, the fields of its participant, and which attributes it has, but for the one that the recording's request set.
    /// </summary>
    private static string Fields(JsonNode webhook)
    {
        var participant = webhook["participant"]?.AsObject();
        var attributes = participant?["attributes"]?.AsObject();
        return $"{webhook["event"]}: {string.Join(' ', participant?.Select(field => field.Key) ?? [])}: "
            + $"{string.Join(' ', attributes?.Select(attribute => attribute.Key).Where(name => name != "tenant") ?? [])} "
            + $"{attributes?["sip.callStatus"]}";
    }
}
