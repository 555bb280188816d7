using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Calls;

/// <summary>The clock of the machine that runs an orchestration may be wrong; the journal's time is what calls are decided by.</summary>
public sealed class StrayClockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3700)]
    [InlineData(-3700)]
    public async Task An_orchestration_whose_clock_is_an_hour_off_ends_no_call(int seconds)
    {
        var app = new FunctionApp();
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), Stop);
        call.AgentJoins();
        call.AgentSpeaks();
        await app.PassAsync(TimeSpan.FromSeconds(10), Stop);
        var activities = new CallActivities(app.Gateway, app.Clock);
        var input = new AdvanceInput(call.Id.Value, app.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));

        var ended = await activities.EndCallAsync(input, Stop);
        var look = activities.LookAsync(input, Stop);
        app.Clock.Advance(CallActivities.MostEarly);

        Assert.All([ended, await look], next => Assert.InRange(
            Assert.IsType<CallDecision.WaitUntil>(next.Decision).Time - app.Clock.GetUtcNow(),
            TimeSpan.Zero,
            TimeSpan.FromMinutes(2)));
        Assert.DoesNotContain(app.Told, told => told.Name == LifecycleEventName.CallEnded);
    }
}
