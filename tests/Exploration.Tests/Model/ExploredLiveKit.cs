using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Scheduler;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The explorer's LiveKit on its own: one strand asks it, each step happens as soon as it can, and nothing goes wrong. No call begins, and
/// no webhook reaches a gateway.
/// </summary>
internal sealed class ExploredLiveKit : ILiveKitWorld
{
    private const string Undelivered = "deliver ";
    private static readonly TimeSpan Joins = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PicksUp = TimeSpan.FromSeconds(5);

    private readonly CallWorld world = new(new ExploredScenario("contract", 1) { Human = "answers" }, Bug.None);
    private readonly List<CallFact> facts = [];
    private ModelGuest? caller;
    private int callers;

    private ExploredLiveKit()
    {
        world.Schedule.CancelAll(_ => true);
        world.Webhooks.Told = message =>
        {
            if (message.Read(world.Schedule.Now) is { } ours)
            {
                facts.Add(ours.Event.Fact);
            }
        };
        Api = new LiveKitPort(new Strand("contract", world.Hosts[0], world.Schedule), world);
    }

    public ILiveKitApi Api { get; }

    public string TrunkId => CallWorld.TrunkId;

    public IReadOnlyList<CallFact> Facts => facts;

    public static Task<ILiveKitWorld> BeginAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ILiveKitWorld>(new ExploredLiveKit());

    public async Task RunAsync(Func<Task> course)
    {
        // What waits goes on inside of the step that it waited for, as in every run.
        SynchronizationContext.SetSynchronizationContext(null);
        var running = course();
        while (!running.IsCompleted && Step())
        {
        }

        Assert.True(running.IsCompleted, "The course waits for what never comes.");
        await running;
    }

    public Task PassAsync(TimeSpan time)
    {
        var passed = new TaskCompletionSource();
        world.After(time, "the time is over", [], _ => passed.SetResult());
        return passed.Task;
    }

    public Task CallerJoinsAsync(string number)
    {
        caller = world.LiveKit.Join(LiveKitContract.Room, $"PA_caller_{++callers}", $"sip_{number}", GuestKind.Caller);
        world.LiveKit.Publish(LiveKitContract.Room, caller);
        return Task.CompletedTask;
    }

    public Task CallerLeavesAsync()
    {
        world.LiveKit.Leave(LiveKitContract.Room, caller, LiveKitDisconnectReason.ClientInitiated);
        return Task.CompletedTask;
    }

    /// <summary>The explorer's workers bring it by themselves.</summary>
    public Task AgentJoinsAsync(LiveKitDispatch dispatch) => PassAsync(Joins);

    public Task HumanPicksUpAsync() => PassAsync(PicksUp);

    public ValueTask DisposeAsync() => default;

    private bool Step()
    {
        if (world.Schedule.Ready.FirstOrDefault(step => !step.Label.StartsWith(Undelivered, StringComparison.Ordinal)) is { } next)
        {
            world.Schedule.Take(next, "");
            return true;
        }

        return world.Schedule.Pass();
    }
}
