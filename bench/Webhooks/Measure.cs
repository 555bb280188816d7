using System.Diagnostics;
using System.Globalization;

namespace VoiceFunctions.Bench;

/// <summary>Times a call in batches and prints the fastest batch, which the machine's noise touched least.</summary>
internal static class Measure
{
    private const int Batch = 500;

    public static void Header() => Console.WriteLine($"{"",-40}{"ns",10}{"ratio",8}{"bytes",8}");

    /// <summary>Measures, after as long a time without measuring; returns the nanoseconds per call.</summary>
    public static double Run(string name, double seconds, double basis, Action call)
    {
        // Code is compiled for speed in the background, once it was called often enough.
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalSeconds < seconds;)
        {
            call();
        }

        var fastest = double.MaxValue;
        var bytes = 0L;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalSeconds < seconds;)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Batch; i++)
            {
                call();
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Batch;
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name,-40}{fastest,10:0}{(basis > 1 ? fastest / basis : 1),8:0.0}{bytes,8}"));
        return fastest;
    }
}
