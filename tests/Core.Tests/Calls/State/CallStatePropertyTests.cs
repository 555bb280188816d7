using FsCheck;
using FsCheck.Fluent;
using static VoiceFunctions.Core.Calls.State.CallStateTests;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallStatePropertyTests
{
    [Fact]
    public void Any_order_and_any_repetition_of_the_same_events_gives_the_same_state()
    {
        var histories = from events in RandomHistories.Events
                      from shuffled in Gen.Shuffle(events)
                      from again in Gen.SubListOf(events)
                      from reshuffled in Gen.Shuffle(shuffled.Concat(again).ToArray())
                      from claims in RandomHistories.Claims
                      select (events, reshuffled, claims);

        Prop.ForAll(histories.ToArbitrary(), history =>
        {
            var told = Meaning(Fold(history.events).With(history.claims));
            var retold = Meaning(Fold(history.reshuffled).With(history.claims));
            return (told == retold).Label($"{told}\n{retold}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void What_was_concluded_from_a_state_stays_true_whatever_claims_come_after_it()
    {
        var histories = from events in RandomHistories.Events
                      from before in RandomHistories.Claims
                      from after in RandomHistories.Claims
                      select (events, before, after);

        Prop.ForAll(histories.ToArbitrary(), history =>
        {
            var known = Fold(history.events).With(history.before);
            Meaning(known);
            var next = Meaning(known.With(history.after));
            var anew = Meaning(Fold(history.events).With([.. history.before, .. history.after]));
            return (next == anew).Label($"{next}\n{anew}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void The_claims_of_chores_and_of_nothing_else_are_known_by_their_keys()
    {
        CallEffect[] effects =
        [
            new CallEffect.Admit(), new CallEffect.LeavePlaces(), new CallEffect.DispatchAgent(1), new CallEffect.DispatchHelper("helper"),
            new CallEffect.OpenRoom(), new CallEffect.Dial(1), new CallEffect.HandOn(), new CallEffect.RemoveSurplusAgents(1),
            new CallEffect.CallHuman(), new CallEffect.StartRecording(1), new CallEffect.StopRecordings(["EG_1"]),
            new CallEffect.LookUpRecordings(), new CallEffect.RingHuman(1, 0), new CallEffect.TransferCaller(1, 0),
            new CallEffect.SilenceAgents(1), new CallEffect.GiveUpHandoff(1, "no_answer"), new CallEffect.Deliver("desk", ["CALL_STARTED"]),
            new CallEffect.Reconcile(), new CallEffect.EndCall("caller_hangup"), new CallEffect.DropCallers(1),
            new CallEffect.Publish(["CALL_STARTED"]), new CallEffect.DeleteRoom(1),
        ];

        Assert.Equal(typeof(CallEffect).GetNestedTypes().Length, effects.Length);
        Assert.All(effects, effect => Assert.All(effect.ClaimKeys, key => Assert.Equal(effect.IsChore, CallEffect.IsOfChore(key))));
    }
}
