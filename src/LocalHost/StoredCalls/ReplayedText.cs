using System.Text.Json.Nodes;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A call that was decided again, for people.</summary>
internal static class ReplayedText
{
    /// <summary>Calls in a line each, and their sum.</summary>
    public static void TellAll(IReadOnlyList<ReplayedCall> calls, CommandConsole console)
    {
        if (console.OutputColumns is null)
        {
            foreach (var call in calls)
            {
                console.Tell(LineOf(call));
            }
        }
        else if (calls.Count > 0)
        {
            console.Tell(TableOf(calls));
        }

        var differing = calls.Sum(call => call.Differences.Count());
        console.Tell(
            $"calls {calls.Count}, decisions {calls.Sum(call => call.Decisions.Count)}, differing {differing} in "
                + $"{calls.Count(call => !call.IsSame)} calls; without recorded decisions {calls.Count(call => !call.HasSteps)} calls");
    }

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

    /// <summary>Calls as JSON.</summary>
    public static JsonObject JsonOf(IReadOnlyList<ReplayedCall> calls) => new()
    {
        ["same"] = calls.All(call => call.IsSame),
        ["decisions"] = calls.Sum(call => call.Decisions.Count),
        ["differing"] = calls.Sum(call => call.Differences.Count()),
        ["calls"] = JsonText.Array(calls, JsonOf),
    };

    /// <summary>The call as JSON.</summary>
    public static JsonObject JsonOf(ReplayedCall call) => new()
    {
        ["callId"] = call.CallId,
        ["same"] = call is { HasSteps: true, IsSame: true },
        ["hasSteps"] = call.HasSteps,
        ["decisions"] = call.Decisions.Count,
        ["differences"] = JsonText.Array(call.Differences, difference => new JsonObject
        {
            ["step"] = difference.Step,
            ["at"] = difference.At,
            ["recorded"] = difference.Recorded,
            ["today"] = difference.Today,
        }),
        ["leftToDo"] = call.LeftToDo,
    };

    /// <summary>The call in one line.</summary>
    private static string LineOf(ReplayedCall call) => call.HasSteps
        ? $"{call.CallId}  {call.Decisions.Count} decisions, {call.Differences.Count()} "
            + $"differ{(call.LeftToDo is { } left ? $", and then: {left}" : "")}"
        : $"{call.CallId}  was written before decisions were recorded";

    private static Listing TableOf(IReadOnlyList<ReplayedCall> calls)
    {
        var listing = new Listing(
            new("Call") { IsWhole = true }, new("Decisions") { IsRight = true }, new("Differ") { IsRight = true }, new("Remark"));
        foreach (var call in calls)
        {
            var differ = call.Differences.Count();
            listing.Add(
                call.CallId,
                $"{call.Decisions.Count}",
                new($"{differ}", differ == 0 ? Tone.Good : Tone.Bad),
                !call.HasSteps ? "decisions were not recorded yet"
                    : call.LeftToDo is { } left ? $"closed; this build has more to do: {left}"
                    : "");
        }

        return listing;
    }
}
