using System.Diagnostics;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>
/// Changes inputs of a target and checks what it promises of each: the answer, the time and the memory. What comes to something new is
/// changed further.
/// </summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    private const int MostKept = 2000;
    private const int Retries = 20;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    private readonly InputMutator mutator = new(seed, target.Words);
    private readonly HashSet<string> outcomes = [];
    private readonly List<byte[]> corpus = [];

    /// <summary>How many inputs were tried.</summary>
    public int Tried { get; private set; }

    /// <summary>How many different things they came to.</summary>
    public int Outcomes => outcomes.Count;

    /// <summary>Tries inputs until it is enough, and at least the seeds.</summary>
    public void Run(Func<int, bool> isEnough)
    {
        foreach (var good in target.Seeds)
        {
            Try(good);
        }

        while (!isEnough(Tried))
        {
            Try(mutator.Change(mutator.Pick(corpus), mutator.Pick(corpus)));
        }
    }

    private void Try(byte[] input)
    {
        Tried++;
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var (outcome, allocated) = Check(input);
            var took = Stopwatch.GetElapsedTime(begun);
            var most = target.Base + (long)target.BytesPerByte * input.Length;

            // What a library loads once, such as a country's numbering plan, is not the input's.
            Assert.True(allocated <= most || Check(input).Allocated <= most, $"{allocated} bytes for an input of {input.Length}");
            Assert.True(took <= Slow || IsFaster(input), $"slow {1 + Retries} times in a row");
            if (corpus.Count < MostKept && (outcomes.Add(outcome) || Tried <= target.Seeds.Count))
            {
                corpus.Add(input);
            }
        }
        catch (Exception broken)
        {
            var what = $"{target.Name}, seed {seed}, input {Tried}: {broken.GetType().Name}: {broken.Message}";
            throw new InvalidOperationException($"{what}\n{Convert.ToBase64String(input)}", broken);
        }
    }

    private (string Outcome, long Allocated) Check(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = target.Check(input);
        return (outcome, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Whether one of some more times is fast: a busy machine is slow for a while, a bad parser each time.</summary>
    private bool IsFaster(byte[] input)
    {
        for (var attempt = 0; attempt < Retries; attempt++)
        {
            var begun = Stopwatch.GetTimestamp();
            target.Check(input);
            if (Stopwatch.GetElapsedTime(begun) <= Slow)
            {
                return true;
            }
        }

        return false;
    }
}
