namespace VoiceFunctions.Core.Http;

/// <summary>Lets a log line pass at most once in a while, with how many there would have been, so that guessing fills no log.</summary>
/// <param name="every">How long after a line the next one waits.</param>
/// <param name="timeProvider">Measures it.</param>
internal sealed class RareLines(TimeSpan every, TimeProvider timeProvider)
{
    private readonly Lock gate = new();
    private long? passedAt;
    private int held;

    /// <summary>How many lines this one stands for, itself included; <c>null</c> where it is too early for one.</summary>
    public int? Take()
    {
        lock (gate)
        {
            held++;
            if (passedAt is { } last && timeProvider.GetElapsedTime(last) < every)
            {
                return null;
            }

            var count = held;
            (held, passedAt) = (0, timeProvider.GetTimestamp());
            return count;
        }
    }
}
