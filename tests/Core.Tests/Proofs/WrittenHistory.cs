using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Proofs;

/// <summary>A story that a test writes step by step, as a gateway with whatever bug could have written it.</summary>
internal sealed class WrittenHistory
{
    private readonly ManualClock clock = new(Noon);
    private readonly InMemoryCallJournal journal;

    public WrittenHistory() => journal = new InMemoryCallJournal(clock);

    /// <summary>Where it is written.</summary>
    public ICallJournal Journal => journal;

    public static RouteTable Routes { get; } = new(CallsBench.Route);

    /// <summary>A call that went well and was closed.</summary>
    public static async Task<WrittenHistory> GoodAsync() =>
        await (await ServedAsync()).SettledAsync(42, CallEffect.DeleteRoom.ClaimPrefix + 1, "deleted") is var history
            ? await history.ToldAsync()
            : null!;

    /// <summary>A call that was served and has ended 30 s after noon.</summary>
    public static async Task<WrittenHistory> ServedAsync()
    {
        var history = await new WrittenHistory().SeenAsync(Arrived(0), Joined(1));
        await history.SettledAsync(1, "dispatch:1", "created:AD_1");
        await history.SeenAsync(Joined(2, Agent()), Audio(3), Left(30));
        return await history.StepAsync(30, [Ended(30)], new CallEffect.EndCall(EndCause.CallerHangup));
    }

    public async Task<WrittenHistory> SeenAsync(params CallEvent[] events)
    {
        foreach (var callEvent in events)
        {
            await journal.AppendAsync(Call, callEvent, Tracking.Follow, TestContext.Current.CancellationToken);
        }

        return this;
    }

    /// <summary>Writes a step, with the record that it adds up to unless another is given.</summary>
    public async Task<WrittenHistory> StepAsync(
        double at, EffectClaim[] claims, CallEffect? decided = null, CallDetailRecord? record = null)
    {
        var history = await journal.ReadAsync(Call, TestContext.Current.CancellationToken);
        if (At(at) > clock.GetUtcNow())
        {
            clock.SetUtcNow(At(at));
        }

        var change = new JournalChange(claims, record ?? CallDetailRecord.Of(CallState.Of(history).With(claims), Naming))
        {
            Decision = decided is null ? null : new RecordedDecision(decided, At(at)),
        };
        await journal.CommitAsync(Call, history.Version, change, TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Writes the two steps of an effect.</summary>
    public async Task<WrittenHistory> SettledAsync(double at, string key, string result)
    {
        var agent = key.StartsWith(CallEffect.DispatchAgent.ClaimPrefix, StringComparison.Ordinal) ? "acme" : null;
        await StepAsync(at, [Held(key, at, at + 15) with { Agent = agent }]);
        return await StepAsync(at, [Done(key, at, result) with { Agent = agent }]);
    }

    /// <summary>Tells everything that has happened, and closes the call.</summary>
    public async Task<WrittenHistory> ToldAsync()
    {
        var state = CallState.Of(await journal.ReadAsync(Call, TestContext.Current.CancellationToken));
        foreach (var key in LifecycleEvents.Of(state).Select(LifecycleEvents.KeyOf))
        {
            await SettledAsync(60, CallEffect.Publish.ClaimPrefix + key, "told");
        }

        return await ClosedAsync();
    }

    public async Task<WrittenHistory> ClosedAsync()
    {
        await journal.CloseAsync(Call, TestContext.Current.CancellationToken);
        return this;
    }

    public async Task<IReadOnlyList<StoredRow>> RowsAsync() => await journal.ReadRowsAsync(Call, TestContext.Current.CancellationToken);

    public async Task<CallProof> ProveAsync() => CallAuditor.Audit(Call, await RowsAsync(), Routes);

    /// <summary>What the proof says of one promise.</summary>
    public async Task<(ProofAnswer Answer, string Text)> ProveAsync(string promise) =>
        (await ProveAsync()).Promises.Single(proven => proven.Name == promise) is var proven ? (proven.Answer, proven.Text) : default;
}
