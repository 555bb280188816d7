using System.Text;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// LiveKit's recordings: each that is asked for begins a little later and is over a little after it was stopped, or its room went. Their
/// webhooks go out in lines of their own, beside those about the room.
/// </summary>
internal sealed class ModelRecorders(CallWorld world)
{
    /// <summary>Where recordings go.</summary>
    public static readonly LiveKitFileTarget Target = new LiveKitFileTarget.Azure("account", "key", "recordings");

    private static readonly TimeSpan Begins = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Writes = TimeSpan.FromMilliseconds(600);

    private readonly List<ModelEgress> all = [];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    public IReadOnlyList<ModelEgress> All => all;

    /// <summary>Whether somebody tried to stop a recording, whatever came of it.</summary>
    public bool IsToldToStop(string id) => told.Contains(id);

    /// <summary>Somebody is about to stop a recording.</summary>
    public void Tries(string id) => told.Add(id);

    /// <summary>Takes a recording; <c>null</c> where the room is not there.</summary>
    public LiveKitEgress? Start(LiveKitEgressRequest request)
    {
        if (world.LiveKit.Find(request.Room) is not { } room)
        {
            return null;
        }

        if (!world.Scenario.IsMerciless && all.Exists(known => known.Request.Path == request.Path))
        {
            world.Witness.Break("the same was recorded twice");
        }

        var egress = new ModelEgress(world.LiveKit.Id("EG", request.Room), room, request);
        all.Add(egress);
        Tell("egress_started", egress);
        world.After(Begins, $"{egress.Id} begins", [], _ => Change(egress, LiveKitEgressStatus.Starting, LiveKitEgressStatus.Active));
        return egress.Listed;
    }

    /// <summary>Stops a recording; <c>null</c> where there is none of that id.</summary>
    public LiveKitEgress? Stop(string id, out bool isOver)
    {
        var egress = all.Find(known => known.Id == id);
        isOver = egress is not null && egress.Status is not (LiveKitEgressStatus.Starting or LiveKitEgressStatus.Active);
        if (egress is not null && !isOver)
        {
            Cease(egress);
        }

        return egress?.Listed;
    }

    public IReadOnlyList<LiveKitEgress> List(string room) =>
        [.. all.Where(egress => egress.Room.Name == room).Select(egress => egress.Listed)];

    public ModelRoom? RoomOf(string id) => all.Find(known => known.Id == id)?.Room;

    /// <summary>A room is going. What still records there is cut off, which nobody may let happen who knows of it.</summary>
    public void Closes(ModelRoom room)
    {
        foreach (var egress in all.Where(egress => egress.Room == room && egress.Status is not LiveKitEgressStatus.Complete))
        {
            Cease(egress);
        }
    }

    /// <summary>The recordings in a room that record, and that nobody tried to stop.</summary>
    public IEnumerable<ModelEgress> GoingIn(string room) =>
        all.Where(egress => egress.Room.Name == room && egress.Status == LiveKitEgressStatus.Active && !IsToldToStop(egress.Id));

    public ulong Print() => all.Aggregate(
        (ulong)told.Count, (print, egress) => Fingerprint.Of(print, Fingerprint.Of(egress.Id), Fingerprint.Of(egress.Status)));

    private void Cease(ModelEgress egress)
    {
        if (egress.Status == LiveKitEgressStatus.Starting)
        {
            Change(egress, LiveKitEgressStatus.Starting, LiveKitEgressStatus.Aborted);
        }
        else if (egress.Status == LiveKitEgressStatus.Active)
        {
            Change(egress, LiveKitEgressStatus.Active, LiveKitEgressStatus.Ending);
            world.After(Writes, $"{egress.Id} is written", [], _ =>
                Change(egress, LiveKitEgressStatus.Ending, LiveKitEgressStatus.Complete));
        }
    }

    private void Change(ModelEgress egress, string from, string to)
    {
        if (egress.Status == from)
        {
            egress.Status = to;
            Tell(LiveKitEgressStatus.GoesOn(to) ? "egress_updated" : "egress_ended", egress);
        }
    }

    private void Tell(string name, ModelEgress egress)
    {
        var id = world.LiveKit.Id("EV", egress.Id);
        var body = Encoding.UTF8.GetBytes($$"""
            {"event":"{{name}}", "egressInfo":{"egressId":"{{egress.Id}}", "roomId":"{{egress.Room.Sid}}",
             "roomName":"{{egress.Room.Name}}", "status":"{{egress.Status}}",
             "roomComposite":{"fileOutputs":[{"filepath":"{{egress.Request.Path}}"}]} }, "id":"{{id}}"}
            """);
        world.Webhooks.Send(egress.Id, new Message(id, $"{id} {name}", now => world.Mapper.Map(body, now)));
    }
}

/// <summary>A recording.</summary>
internal sealed class ModelEgress(string id, ModelRoom room, LiveKitEgressRequest request)
{
    public string Id { get; } = id;

    public ModelRoom Room { get; } = room;

    public LiveKitEgressRequest Request { get; } = request;

    public string Status { get; set; } = LiveKitEgressStatus.Starting;

    public LiveKitEgress Listed => new()
    {
        EgressId = Id,
        RoomId = Room.Sid,
        RoomName = Room.Name,
        Status = Status,
        Path = Request.Path,
    };
}
