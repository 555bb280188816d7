using System.Globalization;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>One promise, and whether it was kept.</summary>
internal sealed record Promise(string Text, bool Kept);

/// <summary>What came of a call: what the network saw happen, held against what the gateway promises.</summary>
/// <param name="Result">The truth of the network.</param>
/// <param name="Events">What the gateway published.</param>
/// <param name="OpenCalls">How many calls the gateway still follows.</param>
internal sealed record Verdict(ScenarioResult Result, IReadOnlyList<LifecycleEvent> Events, int OpenCalls)
{
    /// <summary>A caller who hangs up sooner may do so before the gateway could learn of them, when LiveKit's webhook is lost.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    /// <summary>Every promise.</summary>
    public IReadOnlyList<Promise> Promises
    {
        get
        {
            var agentsLost = Events.Count(told => told is { Name: LifecycleEventName.ParticipantLeft, Role: "agent" });
            var dispatched = Events.Count(told => told.Name == LifecycleEventName.AgentDispatched);
            var ends = Events.Where(told => told.Name == LifecycleEventName.CallEnded).ToList();
            var waited = Result.Rooms.Any(room => (room.CallerLeftAt ?? room.FinishedAt) - room.CallerJoinedAt > LongEnough);
            var liveRooms = Result.Rooms.Count(room => room.FinishedAt is null);
            var mostAgents = Result.Rooms.Select(room => room.MostAgentsLive).DefaultIfEmpty().Max();
            return
            [
                new(
                    $"agents dispatched: {dispatched}{(dispatched > 1 ? " (an agent was lost, or none was heard, and another sent)" : "")}",
                    (dispatched > 0 || !waited) && (dispatched <= 1 + agentsLost || HeardNobody)),
                new($"agents in the room at one time: {mostAgents}", mostAgents <= 1),
                new($"CALL_STARTED: {Count(LifecycleEventName.CallStarted)}", Count(LifecycleEventName.CallStarted) == 1),
                new(
                    $"CALL_ENDED: {ends.Count}{(ends.Count > 0 ? $" ({string.Join(", ", ends.Select(told => told.Cause))})" : "")}",
                    ends.Count == 1),
                new(
                    $"room deleted: {(Result.Rooms.Count == 0 ? "there was none" : liveRooms == 0 ? "yes" : "no")}",
                    liveRooms == 0 && Count(LifecycleEventName.RoomDeleted) == Math.Min(Result.Rooms.Count, 1)),
                new($"calls left open: {OpenCalls}", OpenCalls == 0),
                new(
                    $"every event told once: {(Events.DistinctBy(told => told.Id).Count() == Events.Count ? "yes" : "no")}",
                    Events.DistinctBy(told => told.Id).Count() == Events.Count),
                .. Result.Broken.Select(broken => new Promise(broken, Kept: false)),
            ];
        }
    }

    /// <summary>Whether every promise was kept.</summary>
    public bool IsKept => Promises.All(promise => promise.Kept);

    /// <summary>What the caller heard, in words.</summary>
    public string CallerHeard => string.Join(", then ", Result.Experience.Heard.Select(Words));

    /// <summary>Whether the caller once waited so long that another agent may be sent.</summary>
    private bool HeardNobody => Result.Experience.Heard.Any(heard => heard is Heard.Ringing or Heard.Silence && heard.For >= LongEnough);

    private int Count(string name) => Events.Count(told => told.Name == name);

    private static string Words(Heard heard) => heard switch
    {
        Heard.Ringing => $"ringing for {Seconds(heard)}",
        Heard.Agent => $"the agent for {Seconds(heard)}",
        Heard.Human => $"a human for {Seconds(heard)}",
        Heard.Message message => $"“{message.Text}”",
        Heard.Silence => $"silence for {Seconds(heard)}",
        _ => "an application error",
    };

    private static string Seconds(Heard heard) => string.Create(CultureInfo.InvariantCulture, $"{heard.For.TotalSeconds:0.0} s");
}
