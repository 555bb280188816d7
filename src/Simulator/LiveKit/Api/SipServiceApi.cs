using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.LiveKit.Wire;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>
/// The API's method for dialling a phone into a room. It answers when the participant is there, not when somebody has picked up.
/// </summary>
internal sealed class SipServiceApi(OutboundSipService sip, SipService inbound, string number)
{
    public void AddTo(Dictionary<string, TwirpMethod> methods)
    {
        methods.Add("SIP/CreateSIPParticipant", new((grants, _) => grants.SipCall, CreateSipParticipantAsync));
        methods.Add("SIP/TransferSIPParticipant", new(Transfers, TransferSipParticipantAsync));
    }

    private static bool Transfers(LiveKitGrants grants, TwirpRequest request) =>
        grants is { SipCall: true, RoomAdmin: true } && grants.Room == request.String("room_name");

    private async Task<TwirpReply> TransferSipParticipantAsync(TwirpRequest request)
    {
        var (room, identity, to) = (request.String("room_name"), request.String("participant_identity"), request.String("transfer_to"));
        if (to.Length == 0)
        {
            return TwirpReply.Error(400, "invalid_argument", "missing transfer to");
        }

        return await inbound.TransferAsync(room, identity, to, request.Duration("ringing_timeout")) switch
        {
            null => TwirpReply.NotFound("participant does not exist"),
            0 => TwirpReply.Ok("{}"u8.ToArray()),
            var status => TwirpReply.Error(
                500,
                "internal",
                $"twirp error unknown: call transfer failed: sip status: {status}",
                new JsonObject { ["sip_status_code"] = $"{status}" }),
        };
    }

    private async Task<TwirpReply> CreateSipParticipantAsync(TwirpRequest request)
    {
        var (to, room) = (request.String("sip_call_to"), request.String("room_name"));
        if (to.Length == 0 || room.Length == 0)
        {
            return TwirpReply.Error(400, "invalid_argument", to.Length == 0 ? "missing sip callee number" : "missing room name");
        }

        if (request.Bool("wait_until_answered"))
        {
            return TwirpReply.Error(501, "unimplemented", "the simulation never waits for the answer");
        }

        if (request.String("sip_trunk_id") != sip.TrunkId)
        {
            return TwirpReply.Error(404, "not_found", "requested sip trunk does not exist");
        }

        var call = new OutboundSipCall(
            sip.NewCallId(),
            to,
            OrElse(request.String("sip_number"), number),
            room,
            OrElse(request.String("participant_identity"), $"sip_{to}"))
        {
            Name = request.String("participant_name"),
            Metadata = request.String("participant_metadata"),
            IsByApi = true,
            PlayDialtone = request.Bool("play_dialtone"),
            RingingTimeout = request.Duration("ringing_timeout"),
            MaxCallDuration = request.Duration("max_call_duration"),
        };
        return Ok(await sip.DialAsync(call), call);
    }

    private static string OrElse(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static TwirpReply Ok(Participant phone, OutboundSipCall call) => TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json =>
    {
        json.String("participant_id", phone.Sid);
        json.String("participant_identity", phone.Identity);
        json.String("room_name", call.RoomName);
        json.String("sip_call_id", call.CallId);
    }));
}
