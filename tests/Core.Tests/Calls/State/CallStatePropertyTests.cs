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
}
