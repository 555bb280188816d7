using System.Globalization;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary><c>diff --last N</c>: decides the newest calls of the journal again with this build, a line each.</summary>
internal static class DiffCommand
{
    /// <summary>Runs the command; 0 where nothing differs, 1 where something does, 2 where nothing could be looked at.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        if (arguments is not ["--last", var number]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0)
        {
            await errors.WriteLineAsync("diff needs a number of calls: ./run.sh diff --last N");
            return 2;
        }

        try
        {
            return await CompareAsync(StoredCallSource.From(environment), count, output, cancellationToken);
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await errors.WriteLineAsync(nothing.Message);
            return 2;
        }
    }

    /// <summary>Compares the newest calls of a source; rooms that were no calls are passed over.</summary>
    public static async Task<int> CompareAsync(StoredCallSource source, int count, TextWriter output, CancellationToken cancellationToken)
    {
        var calls = new List<ReplayedCall>();
        await foreach (var callId in source.Journal.ListNewestAsync(cancellationToken))
        {
            if (calls.Count == count)
            {
                break;
            }

            if (PolicyReplay.Replay(callId, await source.Journal.ReadRowsAsync(callId, cancellationToken), source.Routes)
                is { IsCall: true } call)
            {
                calls.Add(call);
                await output.WriteLineAsync(ReplayedText.LineOf(call));
            }
        }

        var differing = calls.Sum(call => call.Differences.Count());
        await output.WriteLineAsync(
            $"calls {calls.Count}, decisions {calls.Sum(call => call.Decisions.Count)}, differing {differing} in "
            + $"{calls.Count(call => !call.IsSame)} calls; without recorded decisions {calls.Count(call => !call.HasSteps)} calls");
        return calls.All(call => call.IsSame) ? 0 : 1;
    }
}
