namespace VoiceFunctions.Simulator.Faults;

/// <summary>What becomes of one message on its way.</summary>
/// <param name="IsLost">It never arrives; nothing else matters.</param>
/// <param name="Delay">How long it takes; what is queued behind it waits as long.</param>
/// <param name="HeldBack">How long it is held back while its successors go ahead; <c>null</c> where it is not.</param>
/// <param name="SecondAfter">How long after the first delivery a second one comes; <c>null</c> where none does.</param>
public sealed record Fate(bool IsLost, TimeSpan Delay, TimeSpan? HeldBack, TimeSpan? SecondAfter)
{
    /// <summary>Draws a fate. Every message draws the same number of times, so one message's luck never changes another's.</summary>
    public static Fate Of(Chance chance, DeliveryFaults faults, string purpose)
    {
        var isLost = chance.Happens($"{purpose} lost", faults.Lose);
        var delay = chance.UpTo($"{purpose} delay", faults.Delay);
        var isHeldBack = chance.Happens($"{purpose} reorder", faults.Reorder);
        var heldBack = chance.UpTo($"{purpose} held back", faults.Late);
        var isDoubled = chance.Happens($"{purpose} duplicate", faults.Duplicate);
        var second = chance.Next($"{purpose} second");
        var secondAfter = faults.CopiesAfter is { Count: > 0 } schedule
            ? schedule[(int)(second * schedule.Count)]
            : Chance.Share(second, faults.Late);
        return new Fate(isLost, delay, isHeldBack ? heldBack : null, isDoubled ? secondAfter : null);
    }
}
