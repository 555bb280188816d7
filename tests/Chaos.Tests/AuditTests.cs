using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos;

/// <summary>What a run says of a stored history, apart from what anybody saw.</summary>
public sealed class AuditTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly CallId Call = CallId.ForTrunk("call_room", "RM_1");
    private static readonly EffectClaim End =
        new("end", ClaimStatus.Done, "owner", 1, Noon.AddMinutes(1)) { Result = EndCause.CallerHangup };

    private static readonly CallEvent Joined =
        new("EV_1", Noon, new CallFact.LegJoined(new Leg("PA_1", "sip_1", LegRole.Caller))) { Room = new RoomSession("call_room", "RM_1") };

    private static readonly Route Route = new(
        new AgentConfig("agent"),
        new CallTimeouts(
            TimeSpan.FromSeconds(25),
            TimeSpan.FromHours(1),
            TimeSpan.FromSeconds(10),
            new SilenceTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), null)),
        new RouteFallback(null, "Sorry."));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_effect_that_was_never_claimed_is_a_defect() =>
        Assert.Contains(await AuditAsync(new EffectClaim("dispatch:1", ClaimStatus.Done, "owner", 1, Noon), End), broken =>
            broken.StartsWith("claims_first: ", StringComparison.Ordinal));

    [Fact]
    public async Task What_an_outage_may_have_delayed_is_left_to_who_knows_the_outages() => Assert.Empty(await AuditAsync(End));

    /// <summary>Chaos found it: a caller who hung up at once while the storage was away.</summary>
    [Fact]
    public async Task A_call_of_which_nothing_could_be_stored_has_no_history_that_could_be_wrong() =>
        Assert.Empty(await AuditAsync(new InMemoryCallJournal(new ManualClock(Noon))));

    private static async Task<IReadOnlyList<string>> AuditAsync(params EffectClaim[] claims)
    {
        var journal = new InMemoryCallJournal(new ManualClock(Noon));
        var state = new CallState(Call).Apply(Joined).With(claims);
        var change = new JournalChange(claims, CallDetailRecord.Of(state, new RoomNaming("call"))) { Events = [Joined] };
        await journal.CommitAsync(Call, (await journal.ReadAsync(Call, Stop)).Version, change, Stop);
        return await AuditAsync(journal);
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(InMemoryCallJournal journal) =>
        await new JournalSamples(journal, new RouteTable(Route), _ => { }).AuditAsync(Call, Stop) ?? ["the journal is away"];
}
