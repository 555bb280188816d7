using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Proofs;

/// <summary>What breaks the promises to others, and what does not.</summary>
public sealed class BelongingPromiseTests
{
    private static readonly Leg Operator = Other(LegRole.Guest);
    private static readonly RoomScope Listed =
        new(Naming, new HashSet<string> { "ST_ours" }, new HashSet<string> { "SDR_ours" });

    [Theory]
    [InlineData("call_+15550100001_x", null, ProofAnswer.Yes)]
    [InlineData("meeting-42", null, ProofAnswer.No)]
    [InlineData("meeting-42", """{"kind":"SIP","attributes":{"sip.ruleID":"SDR_theirs","sip.trunkID":"ST_theirs"}}""", ProofAnswer.No)]
    [InlineData("hotline", """{"kind":"SIP","attributes":{"sip.ruleID":"SDR_ours","sip.trunkID":"ST_theirs"}}""", ProofAnswer.Yes)]
    [InlineData("hotline", """{"kind":"SIP","attributes":{"sip.ruleID":"SDR_theirs","sip.trunkID":"ST_ours"}}""", ProofAnswer.Yes)]
    public async Task A_room_of_somebody_else_that_was_followed_is_found(string room, string? raw, ProofAnswer answer)
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0, room: new RoomSession(room, "RM_1")) with { Raw = raw });

        Assert.Equal(answer, await AnswerAsync(history, "only_our_room", raw is null ? new RoomScope(Naming) : Listed));
    }

    [Theory]
    [InlineData("scribe", ProofAnswer.No)]
    [InlineData("acme", ProofAnswer.Yes)]
    public async Task Somebody_elses_agent_that_was_removed_is_found(string name, ProofAnswer answer)
    {
        var agent = Agent("PA_second") with { AgentName = name };
        var history = await NamedAsync(agent);
        var removed = Left(12, agent, LiveKitDisconnectReason.ParticipantRemoved) with { Id = "inferred:left:PA_second", Inferred = true };
        await history.SeenAsync(removed);
        await history.StepAsync(12, [Done("remove-surplus:1", 12, "1")]);

        Assert.Equal(answer, await AnswerAsync(history, "only_our_agents"));
    }

    [Theory]
    [InlineData(20, ProofAnswer.No)]
    [InlineData(40, ProofAnswer.Yes)]
    public async Task Somebody_elses_agent_that_went_while_the_call_put_its_own_out_is_found(double at, ProofAnswer answer)
    {
        var scribe = Agent("PA_scribe") with { AgentName = "scribe" };
        var history = await NamedAsync(scribe);
        await history.StepAsync(19, [Held("dispatch:2", 19, 34) with { Agent = "acme" }]);
        await history.StepAsync(21, [Done("dispatch:2", 21, "created:AD_2") with { Agent = "acme", BegunAt = At(19) }]);
        await history.SeenAsync(Left(at, scribe, LiveKitDisconnectReason.ParticipantRemoved));

        Assert.Equal(answer, await AnswerAsync(history, "only_our_agents"));
    }

    [Theory]
    [InlineData("created:AD_2", ProofAnswer.No)]
    [InlineData("adopted:PA_agent", ProofAnswer.Yes)]
    public async Task An_agent_that_was_sent_to_people_who_talk_is_found(string result, ProofAnswer answer)
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0), Joined(1, Operator), Audio(2, Operator));
        await history.SettledAsync(3, "dispatch:1", result);

        Assert.Equal(answer, await AnswerAsync(history, "nobody_disturbed"));
    }

    [Fact]
    public async Task A_dispatch_from_before_people_talked_may_be_looked_up_afterwards_and_not_made()
    {
        var unknown = await RetriedAsync("create_dispatch_unknown");
        var none = await RetriedAsync("create_dispatch");

        Assert.Equal(ProofAnswer.Yes, await AnswerAsync(unknown, "nobody_disturbed"));
        Assert.Equal(ProofAnswer.No, await AnswerAsync(none, "nobody_disturbed"));
    }

    [Theory]
    [InlineData(30.5, null, ProofAnswer.Yes)]
    [InlineData(36, null, ProofAnswer.No)]
    [InlineData(36, 30.2, ProofAnswer.Yes)]
    public async Task A_human_who_is_left_on_the_line_after_the_call_is_found(double gone, double? begun, ProofAnswer answer)
    {
        var history = await CalledAsync();
        if (begun is { } deletion)
        {
            await history.StepAsync(deletion, [Held("delete-room:1", deletion, deletion + 15)], new CallEffect.DeleteRoom(1));
        }

        await history.SeenAsync(Left(gone, Human()));

        Assert.Equal(answer, await AnswerAsync(history, "nobody_left_ringing"));
    }

    [Fact]
    public async Task A_human_who_talks_on_with_somebody_whom_others_brought_is_not_left_alone()
    {
        var history = await CalledAsync();
        await history.SeenAsync(Answered(20), Joined(21, Operator), Audio(22, Operator), Left(90, Operator), Left(90, Human()));

        Assert.Equal(ProofAnswer.Yes, await AnswerAsync(history, "nobody_left_ringing"));
    }

    [Fact]
    public async Task An_agent_that_is_back_under_another_sid_after_a_crash_of_the_server_is_one_agent()
    {
        var history = await new WrittenHistory().SeenAsync(
            Joined(0),
            Joined(1, Agent("PA_1", "agent-AJ_1")),
            Joined(100, Agent("PA_2", "agent-AJ_1")),
            Joined(110, Agent("PA_3", "agent-AJ_1")));
        await history.SettledAsync(1, "dispatch:1", "created:AD_1");

        Assert.Equal((ProofAnswer.Yes, "3 agents were there, never two at once"), await history.ProveAsync("one_agent"));
    }

    [Fact]
    public async Task A_room_that_other_people_keep_is_deleted_after_they_left()
    {
        var history = await WrittenHistory.ServedAsync();
        await history.SeenAsync(Joined(20, Operator), Audio(21, Operator), Left(90, Operator));
        await history.StepAsync(91, [Deleted(91)]);

        Assert.Equal(ProofAnswer.Yes, await AnswerAsync(history, "room_deleted"));
    }

    [Theory]
    [InlineData(91, ProofAnswer.Yes)]
    [InlineData(96, ProofAnswer.No)]
    public async Task The_time_for_the_deletion_runs_from_when_the_gateway_knew_that_others_were_silent(double deleted, ProofAnswer answer)
    {
        var history = await WrittenHistory.ServedAsync();
        var (sid, identity) = (Operator.Sid, Operator.Identity);
        await history.SeenAsync(
            Joined(20, Operator), InRoom(21, new CallFact.AudioPublished(sid, identity) { TrackSid = "TR_1" }));
        await history.SettledAsync(50, "reconcile", "asked");
        await history.SeenAsync(InRoom(90, new CallFact.AudioUnpublished(sid, identity, "TR_1")) with { HappenedAt = At(60) });
        await history.StepAsync(90, [Held("delete-room:1", 90, 105)]);
        await history.StepAsync(deleted, [Deleted(deleted)]);

        Assert.Equal(answer, await AnswerAsync(history, "room_deleted"));
    }

    [Fact]
    public async Task A_room_that_the_next_callers_call_took_over_is_that_calls_to_delete()
    {
        var next = CallId.ForSuccessor(Call, "PA_next");
        var history = await WrittenHistory.ServedAsync();
        await history.SeenAsync(Joined(33, Caller("PA_next", "sip_+15550100002")));
        await history.SettledAsync(33, CallEffect.HandOn.ClaimKey, next.Value);
        await history.SettledAsync(39, CallEffect.HandOn.ClaimKey, next.Value);

        Assert.Equal(
            (ProofAnswer.Yes, $"the room is the next caller's: call {next} took it over"),
            await (await history.ClosedAsync()).ProveAsync("room_deleted"));
        Assert.Equal(ProofAnswer.Yes, await AnswerAsync(history, "claims_first"));
    }

    /// <summary>A call whose agent has a name, with another agent in its room.</summary>
    private static async Task<WrittenHistory> NamedAsync(Leg other)
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0));
        await history.StepAsync(1, [Held("dispatch:1", 1, 16) with { Agent = "acme" }]);
        await history.StepAsync(1, [Done("dispatch:1", 1, "created:AD_1") with { Agent = "acme" }]);
        return await history.SeenAsync(Joined(2, Agent() with { AgentName = "acme" }), Joined(3, other));
    }

    /// <summary>A call whose human rings when it ends, 30 s after noon.</summary>
    private static async Task<WrittenHistory> CalledAsync()
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0), Joined(18, Human()), Left(30));
        return await history.StepAsync(30, [Ended(30)], new CallEffect.EndCall(EndCause.CallerHangup));
    }

    /// <summary>A dispatch whose first attempt came to nothing, and whose second was made when a human talked.</summary>
    private static async Task<WrittenHistory> RetriedAsync(string why)
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0));
        await history.StepAsync(1, [Held("dispatch:1", 1, 16)]);
        await history.StepAsync(2, [FailedUntil("dispatch:1", 2, 3) with { Result = why }]);
        await history.SeenAsync(Joined(2, Operator), Audio(2, Operator));
        await history.StepAsync(4, [Held("dispatch:1", 4, 19)]);
        return await history.StepAsync(4, [Done("dispatch:1", 4, "created:AD_1")]);
    }

    private static async Task<ProofAnswer> AnswerAsync(WrittenHistory history, string promise, RoomScope? scope = null) =>
        CallAuditor.Audit(Call, await history.RowsAsync(), WrittenHistory.Routes, scope ?? new RoomScope(Naming))
            .Promises.Single(proven => proven.Name == promise).Answer;
}
