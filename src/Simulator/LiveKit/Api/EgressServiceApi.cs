using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Wire;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>The API's methods for recordings of a room's sound and of single tracks, into a file in Azure's or an S3-like store.</summary>
internal sealed class EgressServiceApi(EgressService egress, RoomDirectory rooms, Chance chance)
{
    public void AddTo(Dictionary<string, TwirpMethod> methods)
    {
        methods.Add("Egress/StartRoomCompositeEgress", new(Records, Now(request => Start(request, track: null))));
        methods.Add("Egress/StartTrackEgress", new(Records, Now(request => Start(request, request.String("track_id")))));
        methods.Add("Egress/StopEgress", new(Records, Now(Stop)));
        methods.Add("Egress/ListEgress", new(Records, Now(List)));
    }

    private static bool Records(LiveKitGrants grants, TwirpRequest request) => grants.RoomRecord;

    private static Func<TwirpRequest, Task<TwirpReply>> Now(Func<TwirpRequest, TwirpReply> method) =>
        request => Task.FromResult(method(request));

    private TwirpReply Start(TwirpRequest request, string? track)
    {
        var output = track is not null ? request.Message("file")
            : request.Messages("file_outputs") is [var first, ..] ? first
            : null;
        if (output is null || StoreOf(output) is not { } store)
        {
            return TwirpReply.Error(400, "invalid_argument", "request has missing or invalid field: output");
        }

        if (track is { Length: 0 })
        {
            return TwirpReply.Error(400, "invalid_argument", "request has missing or invalid field: track_id");
        }

        var order = new EgressOrder(request.String("room_name"), track, output.String("filepath"), output.String("file_type"), store);
        if (rooms.Read(order.RoomName, room => room is null))
        {
            return TwirpReply.NotFound("requested room does not exist");
        }

        // Whether a recorder is free is asked over the bus, and nobody answers there.
        return !egress.IsBusy && egress.Start(order) is { } started ? Ok(started) : TwirpReply.NoResponse;
    }

    private TwirpReply Stop(TwirpRequest request) => egress.Stop(request.String("egress_id"), out var stopped) switch
    {
        EgressRefusal.Unknown => TwirpReply.NotFound("egress not found"),
        EgressRefusal.Over => TwirpReply.Error(412, "failed_precondition", $"egress with status {stopped!.Status} cannot be stopped"),
        _ => Ok(stopped!),
    };

    private TwirpReply List(TwirpRequest request)
    {
        Egress[] listed = [.. egress.List(request.String("room_name"), request.String("egress_id"), request.Bool("active"))];
        chance.Shuffle("ListEgress", listed.AsSpan());
        return TwirpReply.Ok(rooms.Read(_ => ProtoWriter.Write(ProtoStyle.Api, json =>
        {
            json.Messages("items", listed, item => EgressMessage.Write(json, item));
            json.Nothing("next_page_token");
        })));
    }

    private TwirpReply Ok(Egress answered) =>
        TwirpReply.Ok(rooms.Read(_ => ProtoWriter.Write(ProtoStyle.Api, json => EgressMessage.Write(json, answered))));

    private static EgressStore? StoreOf(TwirpRequest output) =>
        output.Message("azure") is { } azure && azure.String("account_key").Length > 0
            ? new EgressStore(
                IsAzure: true,
                azure.String("container_name"),
                $"https://{azure.String("account_name")}.blob.core.windows.net/{azure.String("container_name")}")
        : output.Message("s3") is { } s3 && s3.String("secret").Length > 0
            ? new EgressStore(IsAzure: false, s3.String("bucket"), $"https://{s3.String("bucket")}.s3.amazonaws.com")
        : null;
}
