namespace VoiceFunctions.Exploration.Bugs;

/// <summary>The mistakes that the explorer must find.</summary>
internal static class SeededBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        new("claims are not checked", ports => ports with { Journal = new UncheckedClaims(ports.Journal) }),
        new("claims are read, then written", ports => ports with { Journal = new ReadThenWrite(ports.Journal) }),
        new("events are looked for, then stored", ports => ports with { Journal = new ReadThenAppend(ports.Journal) }),
        new("a lease of zero", ports => ports with { Journal = new NoLease(ports.Journal) }),
        new("calls are never closed", ports => ports with { Journal = new NeverCloses(ports.Journal) }),
        new("calls are not listed as open", ports => ports with { Journal = new Unwatched(ports.Journal) }),
        new("a dispatch is settled before it is made", SettlesFirst.Plant),
        new("CreateDispatch is retried blindly", ports => ports with { LiveKit = new BlindRetry(ports.LiveKit) }),
        new("a takeover does not reconcile", ports => ports with { LiveKit = new NoReconciling(ports.LiveKit) }),
        new("an outage is an empty room", ports => ports with { LiveKit = new OutageIsEmpty(ports.LiveKit) }),
        new("a deletion always counts as done", ports => ports with { LiveKit = new DeletionIsDone(ports.LiveKit) }),
        new("surplus agents stay", ports => ports with { LiveKit = new NobodyRemoved(ports.LiveKit) }),
    ];
}
