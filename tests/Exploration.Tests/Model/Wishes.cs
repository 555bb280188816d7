using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>Somebody asks for a pause of the recording, and for it to go on, each until it is taken down, as a client repeats it.</summary>
internal static class Wishes
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public static void Make(CallWorld world)
    {
        foreach (var (number, (want, at)) in world.Scenario.Wants.Index())
        {
            world.After(
                TimeSpan.FromSeconds(at),
                $"somebody wants {want} ({number})",
                [],
                _ => Say(world, want, $"want:{number}"),
                isMove: true);
        }
    }

    private static void Say(CallWorld world, string want, string id)
    {
        var turn = 0;
        var callId = world.Journal.Calls.FirstOrDefault();
        if (callId is null || world.NextHost(ref turn) is not { } host)
        {
            Later();
            return;
        }

        host.Start(
            id,
            strand => host.PartsOf(strand).Intake
                .IngestAsync(
                    new ReceivedEvent(callId, new CallEvent(id, host.Now, new CallFact.RecordingWanted(want)), Tracking.Follow),
                    CancellationToken.None)
                .AsTask(),
            failure => { if (failure is not null) { Later(); } },
            Later);

        void Later() => world.After(Again, $"{id} again", [], _ => Say(world, want, id));
    }
}
