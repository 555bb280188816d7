using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Bounds;

public sealed class EventBudgetTests
{
    private static readonly CallFact Note = new CallFact.Unhandled("track_unpublished");
    private static readonly CallFact Guest = new CallFact.LegJoined(Other(LegRole.Guest));
    private static readonly CallFact Fact = new CallFact.LegJoined(Caller());

    private readonly EventBudget budget = new();

    [Fact]
    public void Notes_and_guests_share_their_room_and_leave_that_of_what_decides_alone()
    {
        Store(Call, Note, EventBudget.MaxNotes - 1);
        Store(Call, Guest, 1);

        Assert.Equal(OmissionReason.TooManyNotes, budget.Refuses(Call, Note));
        Assert.Equal(OmissionReason.TooManyNotes, budget.Refuses(Call, Guest));
        Assert.Null(budget.Refuses(Call, Fact));
        Assert.Null(budget.Refuses(Call, Track(1)));
    }

    [Fact]
    public void What_decides_has_an_end_too()
    {
        Store(Call, Fact, EventBudget.MaxFacts);

        Assert.Equal(OmissionReason.TooManyFacts, budget.Refuses(Call, Fact));
        Assert.Null(budget.Refuses(Call, Note));
    }

    [Fact]
    public void One_leg_that_toggles_its_track_takes_no_room_from_the_others()
    {
        Store(Call, Track(1), EventBudget.MaxTracksOfLeg);

        Assert.Equal(OmissionReason.TooManyTracks, budget.Refuses(Call, Track(1)));
        Assert.Null(budget.Refuses(Call, Track(2)));
    }

    [Fact]
    public void The_tracks_of_all_legs_have_an_end_too()
    {
        for (var leg = 0; leg < EventBudget.MaxTracks; leg++)
        {
            Store(Call, Track(leg), 1);
        }

        Assert.Equal(OmissionReason.TooManyTracks, budget.Refuses(Call, Track(-1)));
    }

    [Fact]
    public void Each_call_has_a_budget_of_its_own()
    {
        Store(Call, Note, EventBudget.MaxNotes);

        Assert.Null(budget.Refuses(CallId.ForTwilio("CA2"), Note));
    }

    [Fact]
    public void A_call_in_which_things_happen_is_remembered_among_thousands_and_a_quiet_one_is_not()
    {
        var quiet = CallId.ForTwilio("quiet");
        Store(Call, Note, EventBudget.MaxNotes);
        Store(quiet, Note, EventBudget.MaxNotes);
        for (var other = 0; other < 10_000; other++)
        {
            Store(CallId.ForTwilio($"CA{other}"), Note, 1);
            Assert.NotNull(budget.Refuses(Call, Note));
        }

        Assert.Null(budget.Refuses(quiet, Note));
    }

    [Fact]
    public void A_reason_is_recorded_once()
    {
        Assert.True(budget.IsUnrecorded(Call, OmissionReason.TooLarge));

        budget.Recorded(Call, OmissionReason.TooLarge);

        Assert.False(budget.IsUnrecorded(Call, OmissionReason.TooLarge));
        Assert.True(budget.IsUnrecorded(Call, OmissionReason.TooManyFacts));
    }

    private void Store(CallId callId, CallFact fact, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(budget.Refuses(callId, fact));
            budget.Stored(callId, fact);
        }
    }

    private static CallFact.AudioPublished Track(int leg) => new($"PA_{leg}", "x");
}
