using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Calls;

public sealed class EarlyLookTests
{
    private readonly FunctionApp app = new();

    [Fact]
    public async Task A_look_that_comes_before_its_time_waits_for_it()
    {
        var look = LookAsync(TimeSpan.FromMilliseconds(900));

        app.Clock.Advance(TimeSpan.FromMilliseconds(899));
        var isOver = look.IsCompleted;
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(isOver);
        Assert.IsType<CallDecision.Done>((await look).Decision);
    }

    [Fact]
    public async Task A_look_that_comes_much_too_early_does_not_sit_there()
    {
        var look = LookAsync(TimeSpan.FromHours(1));

        app.Clock.Advance(CallActivities.MostEarly);

        Assert.IsType<CallDecision.Done>((await look).Decision);
    }

    private Task<AdvanceResult> LookAsync(TimeSpan early) => new CallActivities(app.Gateway, app.Clock).LookAsync(
        new AdvanceInput(CallId.ForTwilio("CA1").Value, app.Clock.GetUtcNow() + early), TestContext.Current.CancellationToken);
}
