using VoiceFunctions.Core.Proofs.Replay;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A call that was decided again, for people.</summary>
internal static class ReplayedText
{
    /// <summary>The call in one line.</summary>
    public static string LineOf(ReplayedCall call) => call.HasSteps
        ? $"{call.CallId}  {call.Decisions.Count} decisions, {call.Differences.Count()} "
            + $"differ{(call.LeftToDo is { } left ? $", and then: {left}" : "")}"
        : $"{call.CallId}  was written before decisions were recorded";

    /// <summary>Every difference in a line of its own, and then the call's.</summary>
    public static async Task TellAsync(ReplayedCall call, TextWriter output)
    {
        foreach (var difference in call.Differences)
        {
            await output.WriteLineAsync($"  {difference.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}  step {difference.Step}: did "
                + $"{difference.Recorded}; this build: {difference.Today}");
        }

        if (call.LeftToDo is { } left)
        {
            await output.WriteLineAsync($"  the call was closed; this build has more to do: {left}");
        }

        await output.WriteLineAsync(LineOf(call));
    }
}
