using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>Plays many calls quickly, step by step: a wave of them takes each step before the next one. Nothing is measured here.</summary>
internal static class Waves
{
    private const int Wave = 500;
    private const int Connections = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Plays these steps of the calls with these numbers. What LiveKit says of their deleted rooms is sent too.</summary>
    public static async Task PlayAsync(Trial trial, CallWebhooks webhooks, int from, int to, IReadOnlyList<Step> steps)
    {
        for (var first = from; first < to; first += Wave)
        {
            await PlayAsync(trial, webhooks, [.. Enumerable.Range(first, Math.Min(Wave, to - first))], steps);
        }
    }

    private static async Task PlayAsync(Trial trial, CallWebhooks webhooks, IReadOnlyList<int> calls, IReadOnlyList<Step> steps)
    {
        var rooms = calls.ToDictionary(call => call, webhooks.RoomOf);
        var callOf = rooms.ToDictionary(room => room.Value, room => room.Key);
        foreach (var (call, room) in rooms)
        {
            trial.LiveKit.Rooms.Expect(room, webhooks.KeyOf(call));
        }

        var reality = new Reality(trial.LiveKit.Rooms, call => rooms[call]);
        using var driver = new Driver(() => trial.Server.Port, reality.Happens, reality.Dialled);
        trial.LiveKit.Finished = room =>
        {
            if (callOf.TryGetValue(room, out var call))
            {
                driver.Add(ShotOf(call, Step.RoomFinished));
            }
        };
        foreach (var step in steps)
        {
            await driver.SaturateAsync([.. calls.Select(call => ShotOf(call, step))], Connections, TimeSpan.MaxValue);
        }

        if (steps[^1] == Step.CallerLeft)
        {
            await trial.SettleAsync(rooms.Values, Patience);
            await driver.SaturateAsync([], 1, TimeSpan.Zero);
        }

        trial.LiveKit.Finished = _ => { };

        Shot ShotOf(int call, Step step) => new(call, step, TimeSpan.Zero, webhooks.Of(call, step));
    }
}
