using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Holds every stored row against what the chain says of it. What is found is named by the row's key.</summary>
internal static class RowChecks
{
    /// <summary>What is wrong with the chain itself.</summary>
    public static IEnumerable<string> OfChain(AuditTrail story)
    {
        var chain = HashChain.Empty;
        foreach (var (row, step, _) in story.Steps)
        {
            if (step.Number != chain.Steps + 1 || step.Previous != chain.Head || row.Key != JournalRowKeys.StepKey(step.Number))
            {
                yield return $"{row.Key} does not follow the step before it";
            }

            chain = chain.After(step.Rows.Where(sealing => IsEvent(sealing.Key)).Select(sealing => new SealedRow(sealing.Key, sealing.Value)), row) with { Steps = step.Number };
        }

        var last = Math.Max(chain.Steps, story.Header is null ? 0 : HashChain.Of(story.Header).Steps);
        foreach (var key in Enumerable.Range(1, Math.Min(last, story.Rows.Count + story.Steps.Count + 1)).Select(JournalRowKeys.StepKey).Where(key => story.Rows.All(row => row.Key != key)))
        {
            yield return $"{key} is gone";
        }

        var end = story.Header?.Columns.Where(column => HashChain.IsColumn(column.Key)) ?? [];
        if (!end.OrderBy(column => column.Key, StringComparer.Ordinal).SequenceEqual(chain.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)))
        {
            yield return $"{JournalRowKeys.Header} does not name the end of the chain";
        }
    }

    /// <summary>What is wrong with the rows that the chain seals, and with those that no step has sealed.</summary>
    public static IEnumerable<string> OfRows(AuditTrail story)
    {
        var seals = new Dictionary<string, (string Hash, int Step)>(StringComparer.Ordinal);
        foreach (var step in story.Steps)
        {
            foreach (var (key, hash) in step.Step.Rows)
            {
                seals[key] = (hash, step.Step.Number);
            }
        }

        var stored = story.Rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        return seals.Where(seal => !stored.ContainsKey(seal.Key)).Select(seal => $"{seal.Key} is gone, which step {seal.Value.Step} sealed")
            .Concat(seals.Where(seal => stored.TryGetValue(seal.Key, out var row) && row.Hash() != seal.Value.Hash).Select(seal => $"{seal.Key} is not what step {seal.Value.Step} sealed"))
            .Concat(story.Rows.Select(row => FaultOf(story, row, seals.ContainsKey(row.Key), stored)).OfType<string>())
            .Concat(Marks(story).Where(mark => !stored.ContainsKey(mark)).Select(mark => $"{mark} is gone"))
            .Concat(story.Doubles.Select(key => $"{key} is there twice"))
            .Concat(story.Now is { IsCall: true, End: null } && !story.IsListed ? [$"{JournalRowKeys.OpenMark} is gone, and the call has not ended"] : [])
            .Concat(stored.ContainsKey(JournalRowKeys.OpenMark) || stored.ContainsKey(JournalRowKeys.Kept) ? [] : [$"{JournalRowKeys.OpenMark} and {JournalRowKeys.Kept} are gone"]);
    }

    /// <summary>The claims whose rows are not what the steps wrote last.</summary>
    public static IEnumerable<string> OfClaims(AuditTrail story)
    {
        var stored = story.Rows.Where(row => row.Key.StartsWith(JournalRowKeys.ClaimPrefix, StringComparison.Ordinal)).Select(row => AuditTrail.Parse(row, JournalJson.Default.EffectClaim)).ToHashSet();
        return story.Last.Claims.Values.Where(claim => !stored.Contains(claim)).Select(claim => $"the claim {claim.Key} is not what the steps wrote");
    }

    private static bool IsEvent(string key) => key.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal);

    private static IEnumerable<string> Marks(AuditTrail story) => story.Events.Select(e => e.Event.Room?.Name).OfType<string>().Distinct().Select(JournalRowKeys.RoomMark);

    private static string? FaultOf(AuditTrail story, StoredRow row, bool isSealed, Dictionary<string, StoredRow> stored) => row.Key switch
    {
        JournalRowKeys.Kept => HashFault(row),
        var key when IsEvent(key) || key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal) => HashFault(row),
        var key when key.StartsWith(JournalRowKeys.DuplicatePrefix, StringComparison.Ordinal) => HashFault(row) ?? (stored.ContainsKey(EventOf(row)) ? null : $"{EventOf(row)} is gone, which came again"),
        var key when key.StartsWith(JournalRowKeys.MarkPrefix, StringComparison.Ordinal) =>
            row.Columns.Count > 0 ? $"{key} is not what was written" : key == JournalRowKeys.OpenMark || Marks(story).Contains(key) ? null : $"{key} was put in",
        _ => isSealed ? null : $"{row.Key} was put in",
    };

    private static string? HashFault(StoredRow row) => row[JournalRowKeys.HashColumn] is not { } hash ? $"{row.Key} has no hash" : hash == row.Hash() ? null : $"{row.Key} is not what was written";

    /// <summary>The key of the event that a note of a duplicate is about.</summary>
    public static string EventOf(StoredRow duplicate) => JournalRowKeys.EventPrefix + duplicate.Key[JournalRowKeys.DuplicatePrefix.Length..Math.Max(JournalRowKeys.DuplicatePrefix.Length, duplicate.Key.LastIndexOf(':'))];
}
