using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Holds the stored rows against the steps. What is wrong is named by the row's key.</summary>
internal static class RowChecks
{
    /// <summary>What is wrong with the steps' numbers: they run from 1 to what the header says, without a gap.</summary>
    public static IEnumerable<string> OfSteps(AuditTrail trail)
    {
        var counted = trail.Header is null ? 0 : JournalPosition.Of(trail.Header).Steps;
        var last = trail.Steps.Select(read => read.Step.Number).Append(counted).Max();
        var keys = KeysOf(trail);
        var misplaced = trail.Steps.Where(read => read.Row.Key != JournalRowKeys.StepKey(read.Step.Number));
        var all = Enumerable.Range(1, Math.Clamp(last, 0, keys.Count + 1)).Select(JournalRowKeys.StepKey);
        return misplaced.Select(read => $"{read.Row.Key} says that it is step {read.Step.Number}")
            .Concat(all.Where(key => !keys.Contains(key)).Select(key => $"{key} is gone"))
            .Concat(counted == last ? [] : [$"{JournalRowKeys.Header} counts {counted} steps of {last}"]);
    }

    /// <summary>What is wrong with the rows: one is gone, cannot be read, is not what a step wrote, or was written by nobody.</summary>
    public static IEnumerable<string> OfRows(AuditTrail trail)
    {
        var keys = KeysOf(trail);
        var claims = trail.Last.Claims.Keys.Select(JournalRowKeys.ClaimKey);
        var misplaced = trail.Events.Where(read => read.Row.Key != JournalRowKeys.EventKey(read.Event.Id));
        var seen = trail.Steps.SelectMany(read => read.Step.SeenEvents);
        var isKept = trail.IsListed || keys.Contains(JournalRowKeys.Kept);
        var isLost = trail.Now is { IsCall: true, End: null } && !trail.IsListed;
        return seen.Except(keys).Select(key => $"{key} is gone, which a step saw")
            .Concat(claims.Concat(RoomMarks(trail)).Concat(ListMark(trail)).Except(keys).Select(key => $"{key} is gone"))
            .Concat(Unreadable(trail).Select(key => $"{key} cannot be read"))
            .Concat(misplaced.Select(read => $"{read.Row.Key} holds the event {read.Event.Id}"))
            .Concat(trail.Rows.Select(row => FaultOf(trail, row, keys)).OfType<string>())
            .Concat(trail.Doubles.Select(key => $"{key} is there twice"))
            .Concat(isLost ? [$"{JournalRowKeys.OpenMark} is gone, and the call has not ended"] : [])
            .Concat(isKept ? [] : [$"{JournalRowKeys.OpenMark} and {JournalRowKeys.Kept} are gone"]);
    }

    /// <summary>The key of the event that a note of a duplicate is about.</summary>
    public static string EventOf(StoredRow duplicate)
    {
        var begin = JournalRowKeys.DuplicatePrefix.Length;
        return JournalRowKeys.EventPrefix + duplicate.Key[begin..Math.Max(begin, duplicate.Key.LastIndexOf(':'))];
    }

    private static HashSet<string> KeysOf(AuditTrail trail) => trail.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Unreadable(AuditTrail trail) => trail.Rows.Select(row => row.Key)
        .Where(key => Is(key, JournalRowKeys.EventPrefix) || Is(key, JournalRowKeys.StepPrefix))
        .Except(trail.Events.Select(read => read.Row.Key))
        .Except(trail.Steps.Select(read => read.Row.Key));

    private static IEnumerable<string> RoomMarks(AuditTrail trail) =>
        trail.Events.Select(read => read.Event.Room?.Name).OfType<string>().Distinct().Select(JournalRowKeys.RoomMark);

    /// <summary>A call of an earlier build has none.</summary>
    private static IEnumerable<string> ListMark(AuditTrail trail) =>
        trail.Header?[JournalRowKeys.SinceColumn] is null ? [] : [JournalRowKeys.ListMark];

    private static string? FaultOf(AuditTrail trail, StoredRow row, HashSet<string> keys) => row.Key switch
    {
        JournalRowKeys.Header or JournalRowKeys.Kept or JournalRowKeys.OpenMark => null,
        JournalRowKeys.ListMark => row[JournalRowKeys.SinceColumn] is null ? $"{row.Key} tells no place in the list" : null,
        var key when Is(key, JournalRowKeys.EventPrefix) || Is(key, JournalRowKeys.StepPrefix) => null,
        var key when Is(key, JournalRowKeys.ClaimPrefix) => IsAsWritten(trail, row) ? null : $"{key} is not what the steps wrote",
        var key when Is(key, JournalRowKeys.DuplicatePrefix) =>
            keys.Contains(EventOf(row)) ? null : $"{EventOf(row)} is gone, which came again",
        var key when Is(key, JournalRowKeys.MarkPrefix) && RoomMarks(trail).Contains(key) => null,
        var key => $"{key} was put in",
    };

    private static bool IsAsWritten(AuditTrail trail, StoredRow row) =>
        AuditTrail.Parse(row, JournalJson.Default.EffectClaim) is { Key: { } key } claim
        && row.Key == JournalRowKeys.ClaimKey(key)
        && trail.Last.Claims.GetValueOrDefault(key) == claim;

    private static bool Is(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal);
}
