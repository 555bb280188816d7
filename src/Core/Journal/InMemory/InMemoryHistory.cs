using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>What the journal in memory knows of one call; touched only under its gate.</summary>
internal sealed class InMemoryHistory
{
    private InMemoryContents? contents = new();
    private byte[]? packed;

    /// <summary>How many steps were taken, those included that are forgotten.</summary>
    private int stepCount;

    /// <summary>Its events, claims and steps. Those of a packed history are unpacked for it, until <see cref="Rest"/>.</summary>
    public InMemoryContents Contents
    {
        get
        {
            contents ??= InMemoryContents.Unpacked(packed!);
            packed = null;
            return contents;
        }
    }

    /// <summary>The call's record as the last step wrote it; <c>null</c> before the first.</summary>
    public CallDetailRecord? Record { get; private set; }

    /// <summary>Each room that the call was in, with its first event there.</summary>
    public Dictionary<string, DateTimeOffset> Rooms { get; } = [];

    public bool IsOpen { get; set; }

    /// <summary>Whether only what decisions need is left.</summary>
    public bool IsThinned { get; private set; }

    /// <summary>How the call stands in the list; <c>null</c> while it is none.</summary>
    public CallListing? Listing { get; private set; }

    /// <summary>When the call was closed, or first heard of if nobody watched it: its age for the purge.</summary>
    public required DateTimeOffset KeptFrom { get; set; }

    public string Version => string.Create(CultureInfo.InvariantCulture, $"{stepCount}/{Contents.Heard.Count}");

    /// <summary>The version of an unknown call stays good until the first step: events alone do not change it.</summary>
    public bool Accepts(string version) =>
        version.Length == 0 ? stepCount == 0 : version.Split('/')[0] == stepCount.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version for whoever wrote the last step: of the events they know those that they had seen, and their own.</summary>
    public string VersionAfterStep()
    {
        var (last, heard) = (Contents.Steps[^1], Contents.Heard.Count);
        var hasNews = last.Seen + last.Events.Count < heard;
        return string.Create(CultureInfo.InvariantCulture, $"{stepCount}/{(hasNews ? last.Seen : heard)}");
    }

    public void Add(CallEvent callEvent)
    {
        Contents.Events.Add(callEvent.Id, callEvent);
        Contents.Heard.Add(callEvent);
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
        Contents.Steps.Add(new InMemoryStep(seen, at, change.Claims, change.Events, change.Decision, change.IsJoined));
        Record = change.Record;
        foreach (var claim in change.Claims)
        {
            Contents.Claims[claim.Key] = claim;
        }

        foreach (var callEvent in change.Events)
        {
            Add(callEvent);
        }
    }

    /// <summary>
    /// Forgets what no decision needs: the steps, notes of what came again, and the providers' own words. The rest is packed.
    /// </summary>
    public void Thin()
    {
        IsThinned = true;
        Record = Record is null ? null : Record with { Raw = null };
        Rest();
    }

    /// <summary>Packs a thinned history that nobody follows: whoever touched it is done.</summary>
    public void Rest()
    {
        if (IsThinned && !IsOpen && contents is not null)
        {
            packed = contents.Packed();
            contents = null;
        }
    }
}
