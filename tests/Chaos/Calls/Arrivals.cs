using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Chaos.Calls;

/// <summary>Places the calls at their times, whatever became of those before them.</summary>
internal sealed class Arrivals(PhoneNetwork network, IReadOnlyList<CallPlan> plans)
{
    /// <summary>How long a tenant looks whether a call is over that it has asked for.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    /// <summary>Whoever a tenant has called.</summary>
    private static readonly Human Callee = new() { AnswersAfter = TimeSpan.FromSeconds(3), Talks = TimeSpan.FromSeconds(15) };

    private readonly ConcurrentDictionary<string, PlacedCall> byCaller = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallPlan> plansByCaller = plans.ToDictionary(plan => plan.Caller.From, StringComparer.Ordinal);
    private int ended;

    /// <summary>How many calls were placed so far.</summary>
    public int Started => byCaller.Count;

    /// <summary>How many of them are over for their callers.</summary>
    public int Ended => Volatile.Read(ref ended);

    /// <summary>Every call that was placed, in no particular order.</summary>
    public IEnumerable<PlacedCall> Placed => byCaller.Values;

    /// <summary>Whoever has this number; <c>null</c> where nobody has.</summary>
    public PlacedCall? Find(string? caller) => caller is not null && byCaller.TryGetValue(caller, out var placed) ? placed : null;

    /// <summary>Places all calls, and ends when the last one is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        network.LiveKit.AgentsOf = room => PlanOf(room.Caller)?.Agents ?? AgentScript.Good;
        network.LiveKit.Callee = [Callee];
        network.LiveKit.SipAborts = call => PlanOf(call.From)?.Aborts ?? false;
        var clock = network.Time.Clock;
        var begin = clock.GetUtcNow();
        var calls = new List<Task>(plans.Count);
        foreach (var plan in plans)
        {
            await network.Time.Delay(begin + plan.At - clock.GetUtcNow(), cancellationToken);
            var placed = new PlacedCall(plan, begin + plan.At);
            byCaller[plan.Caller.From] = placed;
            calls.Add(network.Time.Start(() => PlaceAsync(placed)));
        }

        await Task.WhenAll(calls).WaitAsync(cancellationToken);
    }

    private CallPlan? PlanOf(string? caller) => caller is null ? null : plansByCaller.GetValueOrDefault(caller);

    private async Task PlaceAsync(PlacedCall placed)
    {
        var caller = placed.Plan.Caller;
        if (placed.Plan.EndedAfter is { } after)
        {
            _ = network.Time.Start(() => EndAsync(caller.From, after));
        }

        CallerExperience experience = await (placed.Plan switch
        {
            { IsAskedFor: true } => network.Tenant.CallAsync(new JsonObject { ["to"] = caller.From }, LongestCall),
            { ViaTwilio: true } => network.Twilio.CallAsync(caller),
            { FromBrowser: true } => network.CallFromBrowserAsync(caller),
            _ => network.CallOverTrunkAsync(caller),
        });
        placed.End(experience, network.Time.Clock.GetUtcNow());
        Interlocked.Increment(ref ended);
    }

    /// <summary>An operator who sees the caller's room ends the call that is in it.</summary>
    private async Task EndAsync(string caller, TimeSpan after)
    {
        await network.Time.Delay(after, CancellationToken.None);
        if (network.LiveKit.Rooms.LastOrDefault(room => room.Caller == caller) is { FinishedAt: null } room)
        {
            await network.Operator.EndAsync(room.Name, CancellationToken.None);
        }
    }
}
