namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>How far runs may leave the ordinary course.</summary>
/// <param name="Faults">Troubles in one run at most.</param>
/// <param name="Switches">Times in one run at most that another step goes before the one whose turn it is.</param>
/// <param name="Total">Both together at most.</param>
internal sealed record Bound(int Faults, int Switches, int Total)
{
    public override string ToString() => $"{Faults} faults, {Switches} preemptions, {Total} in all";
}
