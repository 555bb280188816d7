using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Keeps the journals of calls with defects: the storage is gone when the run is over.</summary>
internal static class HistoryFiles
{
    /// <summary>Writes one file per call, named by its id.</summary>
    public static async Task WriteAsync(
        IEnumerable<Defect> defects, ICallJournal journal, string folder, CancellationToken cancellationToken)
    {
        foreach (var id in defects.Select(defect => defect.Call.Split(' ')[0]).Distinct())
        {
            if (CallId.TryParse(id, out var callId) && await ReadAsync(journal, callId, cancellationToken) is { } history)
            {
                var lines = history.Events.Select(told => (told.At, Line: $"{told.At:HH:mm:ss.fff} event {told.Id} {told.Fact}"))
                    .Concat(history.Claims.Select(claim => (claim.At, Line: $"{claim.At:HH:mm:ss.fff} claim {claim}")));
                await File.WriteAllLinesAsync(
                    Path.Combine(folder, $"{callId}.txt"),
                    lines.OrderBy(line => line.At).Select(line => line.Line),
                    cancellationToken);
            }
        }
    }

    private static async Task<CallHistory?> ReadAsync(ICallJournal journal, CallId callId, CancellationToken cancellationToken)
    {
        try
        {
            return await journal.ReadAsync(callId, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            // The run stands the storage still itself; a file less is no harm.
            return null;
        }
    }
}
