using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// A call's workflow in a host's engine: begun anew two seconds after it failed, ended when it is done and was not signalled meanwhile. It
/// looks again before it acts and does its chores on the way, as an orchestration's activities do, or acts on the look that it decided on,
/// as a workflow in the process can.
/// </summary>
internal sealed class Flow(Host host, CallId callId, bool actsOnLook) : ICallContext
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private Strand? strand;
    private CallAdvancer? steps;
    private CallEvaluation? look;
    private TaskCompletionSource? waiting;
    private Alarm? tick;
    private bool signalled;

    public ulong Print => (signalled ? 1UL : 0) + (waiting is null ? 0UL : 2);

    public async Task FollowAsync(Strand own, CallAdvancer ownSteps, Action remove)
    {
        (strand, steps) = (own, ownSteps);
        while (true)
        {
            try
            {
                await CallWorkflow.RunAsync(this);
                if (!signalled)
                {
                    remove();
                    return;
                }
            }
            catch (JournalUnavailableException)
            {
                await PauseAsync(host.Now + Pause);
            }
        }
    }

    public async Task<CallDecision> DecideAsync()
    {
        signalled = false;
        strand!.Begin("decide");
        if (!actsOnLook)
        {
            return await steps!.AdvanceAsync(callId, host.Now, CancellationToken.None);
        }

        look = await steps!.EvaluateAsync(callId, host.Now, CancellationToken.None);
        return look.Decision;
    }

    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        if (actsOnLook)
        {
            // It still knows what it saw, and looks again only if there may be news.
            var wasSignalled = false;
            look = await steps!.FollowAsync(look!, HasNews, CancellationToken.None);
            return look.Decision;

            bool HasNews()
            {
                wasSignalled |= signalled;
                signalled = false;
                return wasSignalled;
            }
        }

        signalled = false;
        strand!.Begin(string.Join(' ', effect.ClaimKeys));
        return await steps!.AdvanceAsync(callId, effect.Name, host.Now, CancellationToken.None);
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        await PauseAsync(until);
        return await DecideAsync();
    }

    public void Signal()
    {
        signalled = true;
        Wake();
    }

    private Task PauseAsync(DateTimeOffset until)
    {
        var left = until - host.Now;
        if (left <= TimeSpan.Zero || signalled)
        {
            return Task.CompletedTask;
        }

        strand!.Begin("wait");
        waiting = new TaskCompletionSource();
        tick = host.Schedule.Set(
            new Alarm(host.Schedule.Now + (left < LongestWait ? left : LongestWait), $"{strand!.Label} tick", strand.Print, Wake)
            {
                Clock = host,
            });
        return waiting.Task;
    }

    private void Wake()
    {
        if (waiting is { } wait)
        {
            waiting = null;
            host.Schedule.Cancel(tick!);
            strand!.Then("wakes", wait.SetResult);
        }
    }
}
