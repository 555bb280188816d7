using VoiceFunctions.Bench.Load.LiveKit;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>What went wrong with the calls of one run.</summary>
/// <param name="Calls">How many calls there were.</param>
/// <param name="NotDialled">Calls whose caller could not join, because the dial came too late or never.</param>
/// <param name="NoAgent">Calls with a caller, and into which no agent was dispatched.</param>
/// <param name="ManyAgents">Calls into which more than one was.</param>
/// <param name="RoomLeft">Calls whose room was still there at the end.</param>
/// <param name="ForgedAccepted">Forged webhooks that were taken.</param>
/// <param name="ValidRefused">Valid webhooks that were not taken.</param>
internal sealed record Defects(int Calls, int NotDialled, int NoAgent, int ManyAgents, int RoomLeft, int ForgedAccepted, int ValidRefused)
{
    /// <summary>How many calls had exactly one dispatch, and a room that was deleted.</summary>
    public int Correct { get; init; }

    /// <summary>All of them. One call can have several.</summary>
    public int All => NotDialled + NoAgent + ManyAgents + RoomLeft + ForgedAccepted + ValidRefused;

    /// <summary>The defects of whole calls, by what their rooms had at the end.</summary>
    public static Defects OfLives(RoomBook rooms, IReadOnlyCollection<string> names, Tally tally)
    {
        var fates = names.Select(name => rooms.With(
            name, room => (room.Dispatches, room.HadCaller, room.IsMissingAgent, room.IsOpen, room.IsDeleted))).ToList();
        return new Defects(
            names.Count,
            fates.Count(fate => !fate.HadCaller),
            fates.Count(fate => fate.IsMissingAgent),
            fates.Count(fate => fate.Dispatches > 1),
            fates.Count(fate => fate.IsOpen),
            tally.ForgedAccepted,
            tally.ValidRefused)
        {
            Correct = fates.Count(fate => fate is { Dispatches: 1, IsDeleted: true }),
        };
    }

    /// <summary>The defects of calls that only ring.</summary>
    public static Defects OfVoices(int calls, Tally tally) => new(calls, 0, 0, 0, 0, tally.ForgedAccepted, tally.ValidRefused);

    /// <summary>A count per 100,000 calls.</summary>
    public double Per100000(int count) => Calls == 0 ? 0 : count * 100_000.0 / Calls;
}
