using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Chaos;

public sealed class JournalSampleTests
{
    private static readonly EndSample End = new("owner", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), EndCause.CallerHangup);
    private static readonly JournalSample Dispatched = new(true, CallStatus.AgentDispatched, null);
    private static readonly JournalSample Ended = new(true, CallStatus.Ended, End);

    [Fact]
    public void A_call_that_goes_on_is_well()
    {
        Assert.Null(Dispatched.After(Dispatched with { Status = CallStatus.Created }));
        Assert.Null(Ended.After(Dispatched));
        Assert.Null(Ended.After(Ended));
    }

    [Fact]
    public void A_call_that_goes_back_has_regressed()
    {
        Assert.Equal(DefectKind.RegressedStates, (Dispatched with { Status = CallStatus.Created }).After(Dispatched)?.Kind);
        Assert.Equal(DefectKind.RegressedStates, Dispatched.After(Ended)?.Kind);
        Assert.Equal(DefectKind.RegressedStates, (Ended with { Status = CallStatus.Failed }).After(Ended)?.Kind);
    }

    [Fact]
    public void An_end_that_is_written_anew_is_a_second_end()
    {
        Assert.Equal(DefectKind.DuplicateEnds, (Ended with { End = End with { Cause = EndCause.CallerLost } }).After(Ended)?.Kind);
        Assert.Equal(DefectKind.DuplicateEnds, (Ended with { End = End with { Owner = "another" } }).After(Ended)?.Kind);
    }
}
