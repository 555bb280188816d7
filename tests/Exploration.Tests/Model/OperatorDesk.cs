using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>An operator ends the call over the API, and asks again until somebody says that it is, or will be, over.</summary>
internal sealed class OperatorDesk(CallWorld world)
{
    private const int MostAskings = 40;
    private static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(1);

    private int hostTurn;

    /// <summary>When they were told so; <c>null</c> before.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>Whether they asked for it at all.</summary>
    public bool HasAsked { get; private set; }

    public void Sit()
    {
        if (world.Scenario.OperatorEnds is { } at)
        {
            world.After(TimeSpan.FromSeconds(at), "the operator ends the call", [], _ => Ask(1), isMove: true);
        }
    }

    public ulong Print() => Fingerprint.Of(Fingerprint.Of(ToldAt), HasAsked ? 1UL : 0, (ulong)hostTurn);

    private void Ask(int asking)
    {
        if (CallOf() is { } callId && world.NextHost(ref hostTurn) is { } host)
        {
            HasAsked = true;
            CallState? state = null;
            host.Start(
                asking == 1 ? "end" : $"end again {asking}",
                async strand => state = await host.PartsOf(strand).Ender.EndAsync(callId, null, CancellationToken.None),
                failure => Answered(failure is null ? state : null),
                () => Answered(null));
        }
        else
        {
            Answered(null);
        }

        void Answered(CallState? told)
        {
            if (told is not null)
            {
                ToldAt = world.Schedule.Now;
            }
            else if (asking < MostAskings && world.LiveKit.Find(world.RoomName) is not null)
            {
                world.After(AsksAgain, $"the operator asks again ({asking})", [], _ => Ask(asking + 1));
            }
        }
    }

    /// <summary>The call of the room as it is now; of one that Twilio announced the id is known.</summary>
    private CallId? CallOf() => world.Twilio is not null
        ? world.Announced
        : world.LiveKit.Find(world.RoomName) is { } room ? CallWorld.Naming.CallOf(room.Name, room.Sid) : null;
}
