using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>What the journal in memory knows of one call; touched only under its gate.</summary>
internal sealed class InMemoryHistory
{
    /// <summary>How many steps were taken, those included that are forgotten.</summary>
    private int stepCount;

    public Dictionary<string, CallEvent> Events { get; } = [];

    public Dictionary<string, EffectClaim> Claims { get; } = [];

    /// <summary>The events in the order in which they came: a version tells how many of them its reader saw.</summary>
    public List<CallEvent> Heard { get; } = [];

    /// <summary>Every step that was taken.</summary>
    public List<InMemoryStep> Steps { get; } = [];

    /// <summary>The call's record as the last step wrote it; <c>null</c> before the first.</summary>
    public CallDetailRecord? Record { get; private set; }

    /// <summary>Events that came again.</summary>
    public List<(string Id, DateTimeOffset At)> Duplicates { get; } = [];

    /// <summary>Each room that the call was in, with its first event there.</summary>
    public Dictionary<string, DateTimeOffset> Rooms { get; } = [];

    public bool IsOpen { get; set; }

    /// <summary>Whether only what decisions need is left.</summary>
    public bool IsThinned { get; private set; }

    /// <summary>How the call stands in the list; <c>null</c> while it is none.</summary>
    public CallListing? Listing { get; private set; }

    /// <summary>When the call was closed, or first heard of if nobody watched it: its age for the purge.</summary>
    public required DateTimeOffset KeptFrom { get; set; }

    public string Version => string.Create(CultureInfo.InvariantCulture, $"{stepCount}/{Heard.Count}");

    /// <summary>The version of an unknown call stays good until the first step: events alone do not change it.</summary>
    public bool Accepts(string version) =>
        version.Length == 0 ? stepCount == 0 : version.Split('/')[0] == stepCount.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version for whoever wrote the last step: of the events they know those that they had seen, and their own.</summary>
    public string VersionAfterStep()
    {
        var last = Steps[^1];
        var hasNews = last.Seen + last.Events.Count < Heard.Count;
        return string.Create(CultureInfo.InvariantCulture, $"{stepCount}/{(hasNews ? last.Seen : Heard.Count)}");
    }

    public void Add(CallEvent callEvent)
    {
        Events.Add(callEvent.Id, callEvent);
        Heard.Add(callEvent);
        Listing ??= CallListing.Of([callEvent]);
        if (callEvent.Room is { } room)
        {
            Rooms.TryAdd(room.Name, callEvent.At);
        }
    }

    public void Take(string version, JournalChange change, DateTimeOffset at)
    {
        stepCount++;
        var seen = version.Length == 0 ? 0 : int.Parse(version.Split('/')[1], CultureInfo.InvariantCulture);
        Steps.Add(new InMemoryStep(seen, at, change.Claims, change.Events, change.Decision, change.IsJoined));
        Record = change.Record;
        foreach (var claim in change.Claims)
        {
            Claims[claim.Key] = claim;
        }

        foreach (var callEvent in change.Events)
        {
            Add(callEvent);
        }
    }

    /// <summary>
    /// Forgets what no decision needs: the steps, notes of what came again, and the providers' own words.
    /// </summary>
    public void Thin()
    {
        IsThinned = true;
        Duplicates.Clear();
        Heard.Clear();
        foreach (var callEvent in Events.Values.ToList())
        {
            Events[callEvent.Id] = callEvent with { Raw = null };
            Heard.Add(Events[callEvent.Id]);
        }

        Steps.Clear();
        Steps.TrimExcess();
        Record = Record is null ? null : Record with { Raw = null };
    }
}

/// <summary>A step as it was written, without the call's record: of the records only the newest is kept.</summary>
/// <param name="Seen">How many of the events its writer had seen.</param>
/// <param name="At">When it was written.</param>
/// <param name="Claims">The claims that it wrote.</param>
/// <param name="Events">The events that it stored.</param>
/// <param name="Decision">As <see cref="JournalChange.Decision"/>.</param>
/// <param name="IsJoined">As <see cref="JournalChange.IsJoined"/>.</param>
internal readonly record struct InMemoryStep(
    int Seen,
    DateTimeOffset At,
    IReadOnlyList<EffectClaim> Claims,
    IReadOnlyList<CallEvent> Events,
    RecordedDecision? Decision,
    bool IsJoined);
