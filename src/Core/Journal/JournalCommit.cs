using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Journal;

/// <summary>One step of a call as the journal keeps it: on what it was decided, and what it wrote. Its row is never changed.</summary>
/// <param name="Number">Its number: the first is 1, and there is no gap.</param>
/// <param name="At">When it was written, by the writer's clock.</param>
/// <param name="Claims">The claims as the step wrote them.</param>
/// <param name="Seen">
/// The row keys of the events that it saw or stored and that no earlier step lists. It may list an event again
/// (<see cref="JournalPosition.Unlisted"/>): the first step that lists an event is the first that saw it.
/// </param>
public sealed record JournalCommit(int Number, DateTimeOffset At, IReadOnlyList<EffectClaim> Claims, IReadOnlyList<string>? Seen)
{
    /// <summary>
    /// How many events one step lists at most: with the longest keys that is a row of 200 KB, a fifth of what Azure's tables hold.
    /// </summary>
    public const int MaxSeen = 500;

    /// <summary>How many steps that only list events may stand before one: all of them are one atomic write of 100 rows at most.</summary>
    public const int MaxListings = 10;

    /// <summary>The decision that began it; <c>null</c> for a step that writes what became of one.</summary>
    public RecordedDecision? Decision { get; init; }

    /// <summary>Whether it was written with the step before it, as one request to the store.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsJoined { get; init; }

    /// <summary>
    /// The row keys of the events that it stored as the answer to the question that it decided to ask; <c>null</c> for every other step.
    /// They are not among <see cref="Seen"/>, because the decision did not know them.
    /// </summary>
    public IReadOnlyList<string>? Learnt { get; init; }

    /// <summary>
    /// What earlier builds wrote in the place of <see cref="Seen"/>: the keys of the rows that the step saw or wrote, each with a hash.
    /// It is read and never written.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Rows { get; init; }

    /// <summary>The row keys of the events that the step lists.</summary>
    [JsonIgnore]
    public IEnumerable<string> SeenEvents => KnownEvents.Concat(Learnt ?? []);

    /// <summary>The same without those that it learnt.</summary>
    [JsonIgnore]
    public IEnumerable<string> KnownEvents =>
        Seen ?? Rows?.Keys.Where(key => key.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal)) ?? [];

    /// <summary>
    /// What a change writes: its steps, and before the first of them steps that do nothing but list events where there are more than one
    /// row should hold.
    /// </summary>
    /// <param name="after">The number of the step before.</param>
    /// <param name="at">When it is written.</param>
    /// <param name="change">What it writes.</param>
    /// <param name="unlisted">The row keys of the events that its writer saw and that no earlier step lists.</param>
    public static IReadOnlyList<JournalCommit> Of(int after, DateTimeOffset at, JournalChange change, IReadOnlyList<string> unlisted)
    {
        var all = new List<JournalCommit>();
        foreach (var step in change.Steps)
        {
            all.AddRange(OfStep(after + all.Count, at, step, unlisted));
            unlisted = [];
        }

        return all;
    }

    private static IReadOnlyList<JournalCommit> OfStep(int after, DateTimeOffset at, JournalChange change, IReadOnlyList<string> unlisted)
    {
        string[] stored = [.. change.Events.Select(callEvent => JournalRowKeys.EventKey(callEvent.Id))];
        var isAnswer = change.Decision is not null && stored.Length > 0;
        string[][] pieces = [.. (isAnswer ? unlisted : unlisted.Concat(stored)).Chunk(MaxSeen)];
        var listings = Math.Max(0, pieces.Length - 1);
        return
        [
            .. pieces.Take(listings).Select((piece, i) => new JournalCommit(after + i + 1, at, [], piece)),
            new JournalCommit(after + listings + 1, at, change.Claims, pieces.LastOrDefault() ?? [])
            {
                Decision = change.Decision,
                IsJoined = change.IsJoined,
                Learnt = isAnswer ? stored : null,
            },
        ];
    }
}
