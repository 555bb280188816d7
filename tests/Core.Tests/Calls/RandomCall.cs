using System.Globalization;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls;

/// <summary>
/// One call in a world with a seed: people, workers, webhooks that are lost, doubled, delayed and reordered, a LiveKit and a sink that
/// fail. Runs the workflow on its own clock until there is nothing more to come, and keeps account.
/// </summary>
internal sealed class RandomCall : ICallContext
{
    private const int MostSteps = 5000;

    private readonly CallsBench bench = new();
    private readonly Random random;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> agenda = new();
    private readonly Queue<ReceivedEvent> delivered = [];
    private readonly HashSet<CallId> waiting = [];
    private int order;
    private int steps;
    private bool calm;

    public RandomCall(int seed)
    {
        random = new Random(seed);
        bench.LiveKit.Later = Later;
        bench.LiveKit.Chance = _ => calm || !Happens(trouble) ? null : Pick(Trouble.Unavailable, Trouble.LostRequest, Trouble.LostAnswer);
        bench.LiveKit.Happened = Happened;
        bench.Sink.Refuse = _ => !calm && Happens(0.1) ? new InvalidOperationException("full") : null;
        trouble = Pick(0, 0, 0.1, 0.4);
        loss = Pick(0, 0, 0.1, 0.5);
        isAnnounced = Happens(0.5);
    }

    private readonly double trouble;
    private readonly double loss;
    private readonly bool isAnnounced;

    public BenchLiveKit LiveKit => bench.LiveKit;

    /// <summary>What was told of the call; of those that followed it in its room the account is kept in <see cref="Broken"/>.</summary>
    public IReadOnlyList<LifecycleEvent> Told => [.. bench.Sink.Told.Where(told => told.CallId == Call.Value)];

    /// <summary>Promises that were seen broken on the way.</summary>
    public List<string> Broken { get; } = [];

    public Task<CallState> StateAsync() => bench.StateAsync();

    public ValueTask<IReadOnlyList<StoredRow>> RowsAsync() => bench.Journal.ReadRowsAsync(Call, TestContext.Current.CancellationToken);

    /// <summary>Plays the call to its end.</summary>
    public async Task PlayAsync()
    {
        Plan();
        while (await PassAsync(DateTimeOffset.MaxValue))
        {
            while (bench.Workflows.Started.Concat(waiting).FirstOrDefault() is { } next)
            {
                bench.Subject = next;
                bench.Workflows.Started.RemoveAll(started => started == next);
                waiting.Remove(next);
                await CallWorkflow.RunAsync(this);
            }
        }

        foreach (var follower in bench.Journal.Appended.Keys.Where(callId => callId != Call))
        {
            bench.Subject = follower;
            if (await StateAsync() is { IsCall: true, End: null })
            {
                Broken.Add("a call that followed in the room never ended");
            }
        }

        bench.Subject = Call;
    }

    /// <summary>The calls beside the one that runs, which were woken: each is taken as far as it goes now.</summary>
    private async Task StepOthersAsync()
    {
        var running = bench.Subject;
        while (bench.Workflows.Started.Find(started => started != running) is { } other)
        {
            bench.Workflows.Started.RemoveAll(started => started == other);
            bench.Subject = other;
            if (await bench.SettleAsync() is CallDecision.WaitUntil)
            {
                waiting.Add(other);
            }
        }

        bench.Subject = running;
    }

    public async Task<CallDecision> DecideAsync()
    {
        if (++steps > MostSteps)
        {
            throw new InvalidOperationException($"The workflow goes on for ever: {await bench.DecideAsync()}");
        }

        return await bench.DecideAsync();
    }

    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        var before = (await StateAsync()).End;
        await bench.RunAsync(effect);
        await StepOthersAsync();
        if (before is not null && (await StateAsync()).End != before)
        {
            Broken.Add("the end changed");
        }

        return await DecideAsync();
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        await PassAsync(until);
        await StepOthersAsync();
        return await DecideAsync();
    }

    /// <summary>Lets time pass until something was delivered, or until that time. False where nothing is to come any more.</summary>
    private async Task<bool> PassAsync(DateTimeOffset until)
    {
        while (agenda.TryPeek(out var action, out var due) && due.At <= until)
        {
            agenda.Dequeue();
            if (due.At > bench.Clock.GetUtcNow())
            {
                bench.Clock.SetUtcNow(due.At);
            }

            action();
            if (LiveKit.Rooms.Any(room => room.Agents.Count(agent => LiveKit.Made.Count > 0 && agent.AgentName == "acme") > 1))
            {
                Broken.Add("two agents that we sent are in the room");
            }

            if (delivered.Count > 0)
            {
                while (delivered.TryDequeue(out var occurrence))
                {
                    await bench.Intake.IngestAsync(occurrence, TestContext.Current.CancellationToken);
                }

                return true;
            }
        }

        if (until < DateTimeOffset.MaxValue)
        {
            bench.Clock.SetUtcNow(until);
            return true;
        }

        return false;
    }

    private void Plan()
    {
        LiveKit.AgentDelay = Pick<double?>(0.3, 0.3, 0.3, 5, 40, null) is { } delay ? TimeSpan.FromSeconds(delay) : null;
        Later(TimeSpan.FromMinutes(2), () => calm = true);
        if (isAnnounced)
        {
            Deliver(0, new CallEvent("CA1:arrived", Noon, new CallFact.CallAnnounced("CA1", "+15550100001", "+15550100123")));
        }

        if (Happens(0.1))
        {
            return; // The caller never comes.
        }

        var joins = 1 + random.NextDouble() * 3;
        var sid = "";
        if (Happens(0.2))
        {
            Later(Seconds(joins - 0.5), () => LiveKit.Dispatch(Room.Name, "theirs"));
        }

        Later(Seconds(joins), () => sid = LiveKit.Join(Room.Name, Caller("")).Sid);
        Later(Seconds(joins + 0.2), () => LiveKit.Publish(Room.Name, sid));
        if (Happens(0.15))
        {
            Later(Seconds(joins + 5), () => sid = LiveKit.Rooms.Any() ? LiveKit.Join(Room.Name, Caller("")).Sid : sid);
        }

        if (Happens(0.3))
        {
            Later(Seconds(joins + 10 + random.Next(30)), () =>
                LiveKit.Rooms.SelectMany(room => room.Agents).ToList().ForEach(agent => LiveKit.Leave(Room.Name, agent.Sid, Hangup)));
        }

        if (Happens(0.1))
        {
            Later(Seconds(joins + 7), () => LiveKit.Close(Room.Name, LiveKitDisconnectReason.RoomDeleted));
        }

        if (Happens(0.9))
        {
            Later(Seconds(joins + random.Next(90)), () =>
                LiveKit.Leave(Room.Name, sid, Pick(Hangup, Hangup, LiveKitDisconnectReason.ConnectionTimeout)));
        }
    }

    /// <summary>A LiveKit event sets out as a webhook, and Twilio notices where it ends its leg.</summary>
    private void Happened(CallEvent happened)
    {
        var times = Happens(calm ? 0 : loss) ? 0 : Happens(0.2) ? 2 : 1;
        for (var i = 0; i < times; i++)
        {
            var delay = Happens(0.7) ? 0.02 : random.NextDouble() * 15;
            Deliver(delay, happened);
        }

        if (isAnnounced && happened.Fact is CallFact.LegLeft { Leg.Role: LegRole.Caller } left && Happens(0.8))
        {
            var status = left.Reason == Hangup ? "canceled" : Pick("completed", "busy", "no-answer");
            Deliver(0.1 + random.NextDouble(), new CallEvent("CA1:dial:CA2", Noon, new CallFact.DialEnded(status, null, false)));
        }
    }

    private void Deliver(double seconds, CallEvent callEvent) =>
        Later(Seconds(seconds), () =>
            delivered.Enqueue(new ReceivedEvent(Call, callEvent with { At = bench.Clock.GetUtcNow() }, Tracking.Follow)));

    private void Later(TimeSpan time, Action action) => agenda.Enqueue(action, (bench.Clock.GetUtcNow() + time, ++order));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds, 3));

    private bool Happens(double chance) => random.NextDouble() < chance;

    private T Pick<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"trouble {trouble}, loss {loss}, announced {isAnnounced}, asked {LiveKit.Asked.Count}, made {LiveKit.Made.Count}, steps {steps}");
}
