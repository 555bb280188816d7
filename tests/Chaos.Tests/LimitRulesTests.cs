using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Chaos;

public sealed class LimitRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly CallEvidence TurnedAway = new("call", Screened(AdmissionAction.Message), Noon)
    {
        Experience = new CallerExperience([new Heard.Ringing(Seconds(4)), Message], CallEnd.OtherSideHungUp),
    };

    private static Heard.Message Message => new(Seconds(4), ScenarioCatalog.LimitedMessage);

    [Fact]
    public void A_caller_who_is_turned_away_hears_a_message_or_a_human()
    {
        Assert.Empty(LimitRules.Of(TurnedAway));
        Assert.Empty(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.Human(Seconds(9)))));
        Assert.Empty(LimitRules.Of(Hearing(CallEnd.CallerHungUp, new Heard.Ringing(Seconds(1)))));
        Assert.Empty(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.ApplicationError(Seconds(5)))));
        Assert.Single(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.Ringing(Seconds(20)))));
    }

    [Fact]
    public void A_caller_who_is_turned_away_hears_no_agent_and_never_silence()
    {
        Assert.Single(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.Agent(Seconds(1)), Message)));
        Assert.Single(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.Silence(Seconds(3)), Message)));
        Assert.Empty(LimitRules.Of(Hearing(CallEnd.OtherSideHungUp, new Heard.Silence(Seconds(1)), Message)));
    }

    [Fact]
    public void Two_calls_that_have_the_one_place_at_one_time_are_a_defect()
    {
        var (first, second) = (LetIn("first", 0, endsAt: 20), LetIn("second", 19, endsAt: 40));

        Assert.Equal(["second"], LimitRules.OfLine([second, first], []).Select(defect => defect.Call));
        Assert.Single(LimitRules.OfLine([first with { Sample = first.Sample with { End = null } }, LetIn("second", 30, 40)], []));
        Assert.Empty(LimitRules.OfLine([LetIn("second", 20, 40), first], []));
        Assert.Empty(LimitRules.OfLine([first, second with { Sample = Screened(AdmissionAction.Message) }], []));
    }

    [Fact]
    public void A_call_that_was_let_in_because_nobody_could_count_breaks_no_limit()
    {
        var uncounted = LetIn("second", 10, endsAt: 40);
        var sample = uncounted.Sample with { Screened = uncounted.Sample.Screened! with { Reason = AdmissionReason.NotKnown } };

        Assert.Empty(LimitRules.OfLine([LetIn("first", 0, endsAt: 20), uncounted with { Sample = sample }], []));
    }

    [Fact]
    public void A_place_that_is_left_when_all_is_over_is_a_defect()
    {
        var call = LetIn("first", 0, endsAt: 20);

        Assert.Equal(["first"], LimitRules.OfLine([call], [call.CallId]).Select(defect => defect.Call));
        Assert.Equal(["somebody's"], LimitRules.OfLine([call], ["somebody's"]).Select(defect => defect.Call));
    }

    private static CallEvidence Hearing(CallEnd end, params Heard[] heard) =>
        TurnedAway with { Experience = new CallerExperience(heard, end) };

    private static CallEvidence LetIn(string name, double at, double endsAt) => new(
        name,
        Screened(AdmissionAction.Accept) with
        {
            ScreenedAt = Noon + Seconds(at),
            AdmittedAt = Noon + Seconds(at),
            End = new EndSample("owner", Noon + Seconds(endsAt), EndCause.CallerHangup),
        },
        Noon)
    {
        CallId = $"id of {name}",
    };

    private static JournalSample Screened(string action) => new(true, CallStatus.Ended, null)
    {
        Screened = new CallFact.CallScreened(action)
        {
            RoutePlace = action == AdmissionAction.Accept ? ScenarioCatalog.LimitedRoute : null,
        },
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
