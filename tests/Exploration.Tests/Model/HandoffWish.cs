using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Handoffs;
using VoiceFunctions.Core.Routing.Queues;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>Somebody asks for a human for the caller, until there is an answer; in trouble twice.</summary>
internal sealed class HandoffWish(CallWorld world)
{
    private const string Queue = "support";
    private const int MostAskings = 10;
    private static readonly string[] Troubles = ["twice"];
    private static readonly TimeSpan Asks = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rings = TimeSpan.FromSeconds(8);

    private int hostTurn;

    /// <summary>Whether anybody asked.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>The queue of a scenario.</summary>
    public static Dictionary<string, QueuedHumans> QueuesOf(ExploredScenario scenario) => scenario.Queue == 0 ? [] : new()
    {
        [Queue] = new QueuedHumans(
            Queue,
            [.. Enumerable.Range(1, scenario.Queue)
                .Select(number => PhoneNumber.TryParse($"+1555010018{number}", out var member) ? member : null!)])
        {
            RingTime = Rings,
        },
    };

    public ulong Print() => ((ulong)hostTurn << 40) + (IsAsked ? 1UL : 0);

    public void Begin()
    {
        if (world.Scenario.Queue > 0)
        {
            world.After(Asks, "a human is asked for", Troubles, Ask, isMove: true);
        }
    }

    private void Ask(string trouble)
    {
        Ask("", 1);
        if (trouble.Length > 0)
        {
            Ask("again ", 1);
        }
    }

    private void Ask(string which, int asking)
    {
        if (world.LiveKit.Find(world.RoomName) is not { } room || asking > MostAskings)
        {
            return;
        }

        IsAsked = true;
        var ask = new HandoffAsk(
            CallWorld.Naming.CallOf(room.Name, room.Sid), world.Scenario.IsCold ? HandoffMode.Cold : HandoffMode.Warm)
        {
            Queue = Queue,
        };
        if (world.NextHost(ref hostTurn) is { } host)
        {
            host.Start($"ask {which}{asking}", AskAsync, failure => Answered(failure is null), () => Answered(false));
        }
        else
        {
            Answered(false);
        }

        async Task AskAsync(Strand strand) => await host.PartsOf(strand).Handoffs.AskAsync(ask, null, CancellationToken.None);

        void Answered(bool isAnswered)
        {
            if (!isAnswered)
            {
                world.After(AsksAgain, $"a human is asked for {which}once more ({asking})", [], _ => Ask(which, asking + 1));
            }
        }
    }
}
