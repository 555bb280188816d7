using FsCheck;
using FsCheck.Fluent;
using static VoiceFunctions.Core.Calls.State.CallStateTests;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallStatePropertyTests
{
    [Fact]
    public void Any_order_and_any_repetition_of_the_same_events_gives_the_same_state()
    {
        var stories = from events in RandomStories.Events
                      from shuffled in Gen.Shuffle(events)
                      from again in Gen.SubListOf(events)
                      from reshuffled in Gen.Shuffle(shuffled.Concat(again).ToArray())
                      from claims in RandomStories.Claims
                      select (events, reshuffled, claims);

        Prop.ForAll(stories.ToArbitrary(), story =>
        {
            var told = Meaning(Fold(story.events).With(story.claims));
            var retold = Meaning(Fold(story.reshuffled).With(story.claims));
            return (told == retold).Label($"{told}\n{retold}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }
}
