using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>Giving a caller away, as the real server was recorded: one who is not there, and one whose trunk takes them over.</summary>
public sealed class TransferTests
{
    private const string Room = "call_callee";
    private const string Caller = "sip_+15550101234";

    [Fact]
    public async Task A_phone_that_is_not_there_is_answered_in_the_words_of_a_real_server()
    {
        var recorded = Recorded("livekit", "sip-transfer")["response"]!;
        await using var simulation = await Simulation.StartAsync();
        ApiAnswer? answer = null;

        await simulation.RunAsync(async () => answer = await TransferAsync(simulation, "ghost"));

        Assert.Equal(((int)recorded["status"]!, (string)recorded["body"]!), (answer!.Status, answer.Json.ToJsonString()));
    }

    [Fact]
    public async Task An_accepted_transfer_is_answered_with_nothing_and_a_second_later_the_phone_leaves_like_one_that_hangs_up()
    {
        var recorded = Recorded("livekit-2", "sip-inbound-refer-transfer")["response"]!;
        await using var simulation = await Simulation.StartAsync();
        ApiAnswer? answer = null;
        var took = TimeSpan.Zero;
        SipLeg? leg = null;

        await simulation.RunAsync(async () =>
        {
            simulation.Network.LiveKit.Trunks = [new SipTrunk("ST_1", new SipDispatchRule.Callee("SDR_1", "call"))];
            leg = simulation.Network.LiveKit.PlaceCall(new InboundSipCall("+15550101234", "callee"));
            await simulation.DelayAsync(5);
            var asked = simulation.Time.Clock.GetUtcNow();
            answer = await TransferAsync(simulation, Caller);
            took = simulation.Time.Clock.GetUtcNow() - asked;
            Assert.False(leg.Ended.IsCompleted);
            await simulation.DelayAsync(1.1);
        });

        Assert.Equal(((int)recorded["status"]!, (string)recorded["body"]!), (answer!.Status, answer.Body));
        Assert.Equal(TimeSpan.FromMilliseconds((int)recorded["tookMs"]!), took);
        var left = simulation.Gateway.Webhooks.Select(webhook => JsonNode.Parse(webhook.Text)!)
            .Single(webhook => (string?)webhook["event"] == "participant_left");
        var phone = left["participant"]!;
        Assert.Equal(
            (LiveKitDisconnectReason.ClientInitiated, LiveKitSipCallStatus.Hangup),
            ((string?)phone["disconnectReason"], (string?)phone["attributes"]![LiveKitAttributes.SipCallStatus]));
        Assert.True(leg!.Ended.IsCompleted);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(486)]
    public async Task A_refusal_has_the_SIP_status_where_a_refused_INVITE_has_it(int status)
    {
        await using var simulation = await Simulation.StartAsync();
        ApiAnswer? answer = null;

        await simulation.RunAsync(async () =>
        {
            simulation.Network.LiveKit.Trunks = [new SipTrunk("ST_1", new SipDispatchRule.Callee("SDR_1", "call"))];
            simulation.Network.LiveKit.RefusesReferWith = status;
            simulation.Network.LiveKit.PlaceCall(new InboundSipCall("+15550101234", "callee"));
            await simulation.DelayAsync(5);
            answer = await TransferAsync(simulation, Caller);
            Assert.Contains(
                simulation.Network.LiveKit.Rooms, room => room is { CallerLeftAt: null, CallerJoinedAt: not null });
        });

        Assert.Equal($"{status}", (string?)answer!.Json["meta"]!["sip_status_code"]);
    }

    [Fact]
    public async Task A_token_that_may_not_manage_the_room_transfers_nobody()
    {
        await using var simulation = await Simulation.StartAsync();
        ApiAnswer? answer = null;

        await simulation.RunAsync(async () => answer = await TransferAsync(simulation, Caller, LiveKitGrants.PlaceCalls));

        Assert.Equal(401, answer!.Status);
    }

    private static Task<ApiAnswer> TransferAsync(
        Simulation simulation, string identity, LiveKitGrants? grants = null) => simulation.ApiAsync(
        "SIP/TransferSIPParticipant",
        new JsonObject { ["room_name"] = Room, ["participant_identity"] = identity, ["transfer_to"] = "tel:+15550100181" }.ToJsonString(),
        LiveKitToken.Mint(
            simulation.Network.LiveKit.Key,
            grants ?? LiveKitGrants.TransferCalls(Room),
            simulation.Time.Clock.GetUtcNow(),
            TimeSpan.FromMinutes(5)));

    /// <summary>The recorded transfer.</summary>
    private static JsonNode Recorded(string folder, string name) =>
        JsonNode.Parse(File.ReadAllBytes(Repository.PathOf("tests", "fixtures", folder, $"{name}.json")))!["entries"]!.AsArray()
            .Single(entry => ((string?)entry!["request"]?["url"])?.EndsWith("/TransferSIPParticipant", StringComparison.Ordinal) == true)!;
}
