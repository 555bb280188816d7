using FsCheck;
using FsCheck.Fluent;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class CallPolicyPropertyTests
{
    private static readonly Gen<(CallEvent[] Events, EffectClaim[] Claims, int Second)> Moments =
        from events in RandomHistories.Events
        from claims in RandomHistories.Claims
        from second in Gen.Frequency((4, Gen.Choose(0, 130)), (1, Gen.Choose(131, 90_000)))
        select (events, claims, second);

    [Fact]
    public void A_decision_to_wait_names_a_time_to_come() => Check(moment =>
        new Scene([.. moment.Events, .. moment.Claims]).UntoldAt(moment.Second) is not CallDecision.WaitUntil { Time: var time }
        || time > At(moment.Second));

    [Fact]
    public void What_is_decided_is_free_to_be_done() => Check(moment =>
    {
        var scene = new Scene([.. moment.Events, .. moment.Claims]);
        return scene.UntoldAt(moment.Second) is not CallDecision.Do { Effect: var effect }
            || effect.ClaimKeys.All(key => IsFree(scene.State.Claims.GetValueOrDefault(key), At(moment.Second)));
    });

    [Fact]
    public void A_call_that_is_not_over_is_never_done() => Check(moment =>
        new Scene([.. moment.Events, .. moment.Claims]) is var scene
        && (!scene.State.IsCall || scene.UntoldAt(moment.Second) is not CallDecision.Done));

    [Fact]
    public void Nobody_sends_an_agent_without_a_caller_in_the_room() => Check(moment =>
        new Scene([.. moment.Events, .. moment.Claims]) is var scene
        && (scene.UntoldAt(moment.Second) is not CallDecision.Do { Effect: CallEffect.DispatchAgent { Epoch: var epoch } }
            || (scene.State.LiveCallers.Any() && epoch <= DispatchRules.MaxEpochs)));

    [Fact]
    public void What_is_over_stays_over_under_any_further_event() => Check(moment =>
    {
        object[] ended = [Joined(0, Caller("PA_1")), .. moment.Claims, Ended(10, EndCause.NoAgent)];
        var scene = new Scene([.. ended, .. moment.Events]);
        return scene.Record is { Status: CallStatus.Failed, EndCause: EndCause.NoAgent } record
            && record.EndedAt <= At(10)
            && scene.Lifecycle.Count(published => published.Name == LifecycleEventName.CallEnded) == 1
            && scene.UntoldAt(moment.Second) switch
            {
                CallDecision.Do { Effect: CallEffect.EndCall } => false,

                // Only where other people keep the room.
                CallDecision.Do { Effect: CallEffect.RemoveSurplusAgents or CallEffect.Reconcile } => scene.State.IsRoomTheirs,

                // What became of one that was begun is looked up; none is begun.
                CallDecision.Do { Effect: CallEffect.DispatchAgent { Epoch: var epoch } } =>
                    scene.State.Claims[$"dispatch:{epoch}"].Status is ClaimStatus.Intent or ClaimStatus.Failed,
                _ => true,
            };
    });

    [Fact]
    public void What_has_happened_has_happened_whatever_is_told_later() => Check(moment =>
    {
        var scene = new Scene([Joined(0, Caller("PA_1")), .. moment.Claims, Ended(10)]);
        var later = scene.And([.. moment.Events]);
        return scene.Lifecycle.Select(published => published.Id)
            .Except(later.Lifecycle.Select(published => published.Id))
            .All(id => id.EndsWith(LifecycleEventName.RoomDeleteFailed, StringComparison.Ordinal));
    });

    [Fact]
    public void No_lifecycle_event_is_named_twice() => Check(moment =>
        new Scene([.. moment.Events, .. moment.Claims, Ended(50)]).Lifecycle is var told
        && told.DistinctBy(published => published.Id).Count() == told.Count);

    private static bool IsFree(EffectClaim? claim, DateTimeOffset now) =>
        claim is null or { Status: ClaimStatus.Done, Key: CallEffect.Reconcile.ClaimKey }
        || (claim.Status is ClaimStatus.Intent or ClaimStatus.Failed && claim.Until <= now);

    private static void Check(Func<(CallEvent[] Events, EffectClaim[] Claims, int Second), bool> holds) =>
        Prop.ForAll(Moments.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
}
