using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Wire;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>
/// The API's methods for agent dispatches. Asking about a room that no server has takes three seconds and looks like an outage.
/// </summary>
internal sealed class DispatchServiceApi(SimulationTime time, Chance chance, RoomDirectory rooms, ApiWitness witness)
{
    private static readonly TimeSpan NobodyAnswers = TimeSpan.FromSeconds(3);

    public void AddTo(Dictionary<string, TwirpMethod> methods)
    {
        methods.Add(
            "AgentDispatchService/CreateDispatch",
            new(RoomServiceApi.Administers, request => Task.FromResult(CreateDispatch(request))));
        methods.Add(
            "AgentDispatchService/ListDispatch",
            new(RoomServiceApi.Administers, request => InRoomAsync(request, room => ListDispatch(room, request))));
        methods.Add(
            "AgentDispatchService/DeleteDispatch",
            new(RoomServiceApi.Administers, request => InRoomAsync(request, room => DeleteDispatch(room, request))));
    }

    private TwirpReply CreateDispatch(TwirpRequest request)
    {
        var (room, agent) = (request.String("room"), request.String("agent_name"));
        witness.Dispatches(room, agent);
        return Ok(rooms.DispatchAgent(room, new AgentRequest(agent, request.String("metadata"))));
    }

    private TwirpReply ListDispatch(Room room, TwirpRequest request)
    {
        var id = request.String("dispatch_id");
        Dispatch[] listed = [.. room.Dispatches.Where(dispatch => id.Length == 0 || dispatch.Id == id)];
        chance.Shuffle("ListDispatch", listed.AsSpan());
        return TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json => json.Messages(
            "agent_dispatches",
            listed,
            dispatch => Shapes.Dispatch(json, dispatch, time.Clock.GetUtcNow()))));
    }

    private TwirpReply DeleteDispatch(Room room, TwirpRequest request) =>
        rooms.Withdraw(room, request.String("dispatch_id")) is { } deleted ? Ok(deleted) : TwirpReply.NotFound("dispatch ID not found");

    private async Task<TwirpReply> InRoomAsync(TwirpRequest request, Func<Room, TwirpReply> method)
    {
        if (rooms.Read(request.String("room"), room => room is null ? null : method(room)) is { } answer)
        {
            return answer;
        }

        await time.Delay(NobodyAnswers, CancellationToken.None);
        return TwirpReply.NoResponse;
    }

    private TwirpReply Ok(Dispatch dispatch) =>
        TwirpReply.Ok(rooms.Read(_ => ProtoWriter.Write(ProtoStyle.Api, json => Shapes.Dispatch(json, dispatch, time.Clock.GetUtcNow()))));
}
