using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Faults;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Looks at calls while they go on and once they are over, and at all of them at the end.</summary>
internal sealed class Judge(
    PhoneNetwork network,
    Arrivals arrivals,
    JournalSamples samples,
    PublishedEnds ends,
    TrafficWitness witness,
    Outages outages,
    Chance chance,
    Func<Defect, Task> suspected)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstSampleAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SamplePause = TimeSpan.FromSeconds(1);
    private const int SamplesPerTick = 2;
    private const int SamplesAtOnce = 4;

    private readonly HashSet<CallId> seen = [];
    private int suspects;

    /// <summary>How many defects the calls have that were looked at so far; the end may acquit some.</summary>
    public int Suspects => Volatile.Read(ref suspects);

    /// <summary>Looks at some calls that go on, and at each call that has been over for a while, one after the other.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        var clock = network.Time.Clock;
        var naming = new RoomNaming(network.Setup.RoomPrefix);
        try
        {
            while (true)
            {
                await network.Time.Delay(Tick, stopping);
                var rooms = network.LiveKit.Rooms;
                var live = rooms.Where(room => room.FinishedAt is null && room.CallerJoinedAt is not null).ToList();
                for (var i = 0; i < SamplesPerTick && live.Count > 0; i++)
                {
                    var room = live[(int)(chance.Next("look") * live.Count)];
                    var callId = naming.CallOf(room.Name, room.Sid);
                    await samples.TakeAsync(callId, callId.Value, stopping);
                }

                var longAgo = clock.GetUtcNow() - FirstSampleAfter;
                foreach (var entry in Census.Of([.. arrivals.Placed], rooms, naming).Where(entry => IsOver(entry, longAgo)))
                {
                    if (seen.Add(entry.CallId)
                        && await samples.TakeAsync(entry.CallId, entry.Name, stopping) is { EndWasTold: true } sample)
                    {
                        // Its events may be on their way still.
                        foreach (var suspect in DefectRules.Of(EvidenceOf(entry, sample), outages)
                            .Where(suspect => suspect.Kind != DefectKind.BrokenEvents))
                        {
                            Interlocked.Increment(ref suspects);
                            await suspected(suspect);
                        }
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The last look comes next.
        }
    }

    /// <summary>Judges every call.</summary>
    public async Task<IReadOnlyList<CallEvidence>> JudgeAllAsync(CancellationToken cancellationToken)
    {
        var entries = Census.Of([.. arrivals.Placed], network.LiveKit.Rooms, new RoomNaming(network.Setup.RoomPrefix));
        var evidence = new CallEvidence[entries.Count];
        await Parallel.ForAsync(
            0,
            entries.Count,
            new ParallelOptions { MaxDegreeOfParallelism = SamplesAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                JournalSample? sample;
                while ((sample = await samples.TakeAsync(entries[i].CallId, entries[i].Name, token)) is null)
                {
                    await network.Time.Delay(SamplePause, token);
                }

                IReadOnlyList<string>? unproven;
                while ((unproven = await samples.AuditAsync(entries[i].CallId, token)) is null)
                {
                    await network.Time.Delay(SamplePause, token);
                }

                evidence[i] = EvidenceOf(entries[i], sample) with { Unproven = unproven };
            });
        return evidence;
    }

    private static bool IsOver(Census.Entry entry, DateTimeOffset at) =>
        (entry.Placed is null || entry.Placed.EndedAt < at) && entry.Rooms.All(room => room.FinishedAt < at);

    private CallEvidence EvidenceOf(Census.Entry entry, JournalSample sample) => new(entry.Name, sample, network.Time.Clock.GetUtcNow())
    {
        CallId = entry.CallId.Value,
        Experience = entry.Placed?.Experience,
        Received = network.Receiver.ReceivedOf(entry.CallId.Value),
        ToldOfTools = [.. entry.Rooms.SelectMany(room => room.Tools)],
        ToolKeys = network.GolfClub.KeysOf(entry.CallId.Value),
        Rooms = [.. entry.Rooms.Select(RoomFacts.Of)],
        WasTold = entry.Rooms.Any(room => witness.WasTold(room.Sid)),
        ToldEnds = ends.Of(entry.CallId.Value),
    };
}
