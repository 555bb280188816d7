using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Proofs;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Bounds;

/// <summary>Calls in which far more happens than in any other: each ends, its room goes, and its history proves it.</summary>
public sealed class HotCallTests
{
    private readonly CallsBench bench = new();
    private readonly Queue<CallEvent> happened = [];
    private readonly PriorityQueue<Action, DateTimeOffset> later = new();

    public HotCallTests()
    {
        bench.LiveKit.Happened = happened.Enqueue;
        bench.LiveKit.Later = (time, action) => later.Enqueue(action, bench.Clock.GetUtcNow() + time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_with_a_hundred_thousand_webhooks_that_mean_nothing()
    {
        var caller = await BeginAsync();
        for (var i = 0; i < 100_000; i++)
        {
            await TakeAsync(InRoom(0, new CallFact.Unhandled("track_unpublished")) with { Id = $"EV_{i}", At = bench.Clock.GetUtcNow() });
        }

        await EndAsync(caller);

        await AssertAllIsWellAsync(EndCause.CallerHangup, mostRows: 1_200, OmissionReason.TooManyNotes);
    }

    [Fact]
    public async Task A_call_with_ten_thousand_guests()
    {
        var caller = await BeginAsync();
        for (var i = 0; i < 10_000; i++)
        {
            bench.LiveKit.Join(Room.Name, Other(LegRole.Guest, $"PA_guest{i}"));
            bench.LiveKit.Publish(Room.Name, $"PA_guest{i}");
            await TakeAllAsync();
        }

        for (var i = 0; i < 10_000; i++)
        {
            bench.LiveKit.Leave(Room.Name, $"PA_guest{i}", Hangup);
            await TakeAllAsync();
        }

        await EndAsync(caller);

        await AssertAllIsWellAsync(EndCause.CallerHangup, mostRows: 4_000, OmissionReason.TooManyNotes, OmissionReason.TooManyTracks);
    }

    [Fact]
    public async Task A_call_of_four_hours_in_which_somebody_toggles_a_track_every_five_seconds()
    {
        var caller = await BeginAsync();
        for (var i = 0; i < 4 * 3600 / 5; i++)
        {
            await PassAsync(5);
            var now = bench.Clock.GetUtcNow();
            await TakeAsync(Audio(0, Agent("PA_noisy")) with { Id = $"EV_on{i}", At = now });
            await TakeAsync(InRoom(0, new CallFact.Unhandled("track_unpublished")) with { Id = $"EV_off{i}", At = now });
        }

        await EndAsync(caller);

        await AssertAllIsWellAsync(EndCause.MaxDuration, mostRows: 2_500, OmissionReason.TooManyNotes, OmissionReason.TooManyTracks);
    }

    [Fact]
    public async Task A_call_with_more_callers_than_are_stored_who_all_hang_up()
    {
        await BeginAsync();
        for (var i = 0; i < EventBudget.MaxFacts + 500; i++)
        {
            bench.LiveKit.Join(Room.Name, Caller($"PA_caller{i}", $"sip_{i}"));
            await TakeAllAsync();
        }

        await EndAsync([.. bench.LiveKit.Rooms.Single().Inside.Where(leg => leg.Role == LegRole.Caller).Select(leg => leg.Sid)]);

        // That they left is omitted too; LiveKit says that the room is gone.
        await AssertAllIsWellAsync(EndCause.RoomClosed, mostRows: 25_000, OmissionReason.TooManyFacts);
    }

    private async Task<string> BeginAsync()
    {
        var caller = bench.LiveKit.Join(Room.Name, Caller("")).Sid;
        await TakeAllAsync();
        await PassAsync(3);
        return caller;
    }

    private async Task EndAsync(params string[] callers)
    {
        foreach (var caller in callers)
        {
            bench.LiveKit.Leave(Room.Name, caller, Hangup);
            await TakeAllAsync();
        }

        await PassAsync(300);
    }

    /// <summary>Lets time pass, and does what is due when it is due.</summary>
    private async Task PassAsync(int seconds)
    {
        var until = bench.Clock.GetUtcNow().AddSeconds(seconds);
        for (var decision = await DoAllAsync(); bench.Clock.GetUtcNow() < until; decision = await DoAllAsync())
        {
            var wake = decision is CallDecision.WaitUntil { Time: var time } && time < until ? time : until;
            var action = later.TryPeek(out _, out var due) && due <= wake ? later.Dequeue() : null;
            bench.Clock.SetUtcNow(action is null ? wake : due);
            action?.Invoke();
        }
    }

    private async Task<CallDecision> DoAllAsync()
    {
        await TakeAllAsync();
        CallDecision decision;
        while ((decision = await bench.DecideAsync()) is CallDecision.Do { Effect: var effect })
        {
            await bench.RunAsync(effect);
            await TakeAllAsync();
        }

        return decision;
    }

    private async Task TakeAllAsync()
    {
        while (happened.TryDequeue(out var callEvent))
        {
            await TakeAsync(callEvent);
        }
    }

    private async Task TakeAsync(CallEvent callEvent) => await bench.Intake.IngestAsync(new(Call, callEvent, Tracking.Follow), Stop);

    private async Task AssertAllIsWellAsync(string cause, int mostRows, params string[] reasons)
    {
        var state = await bench.StateAsync();
        Assert.Empty(bench.LiveKit.Rooms);
        Assert.IsType<CallDecision.Done>(await bench.DecideAsync());
        await bench.Journal.CloseAsync(Call, Stop);
        Assert.Equal(cause, state.End?.Result);
        Assert.Equal(reasons.Order(), state.Omissions.All.Select(omission => omission.Key));
        Assert.Equal(
            reasons.Order(),
            bench.Sink.Told.Where(told => told.Name == Lifecycle.LifecycleEventName.EventsOmitted).Select(told => told.Cause).Order());

        var rows = await bench.Journal.ReadRowsAsync(Call, Stop);
        Assert.InRange(rows.Count, 1, mostRows);
        Assert.All(rows, row => Assert.InRange(row.Columns.Sum(column => column.Value.Length), 0, 32_000));
        var proof = CallAuditor.Audit(Call, rows, WrittenHistory.Routes);
        Assert.All(proof.Promises, promise => Assert.True(promise.Answer == ProofAnswer.Yes, $"{promise}"));
    }
}
