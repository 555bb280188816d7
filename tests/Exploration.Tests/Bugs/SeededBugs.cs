namespace VoiceFunctions.Exploration.Bugs;

/// <summary>The mistakes that the explorer must find.</summary>
internal static class SeededBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        new("claims are not checked", "trunk, two hosts", ports => ports with { Journal = new UncheckedClaims(ports.Journal) }),
        new("claims are read, then written", "trunk, two hosts", ports => ports with { Journal = new ReadThenWrite(ports.Journal) }),
        new("events are looked for, then stored", "trunk, two hosts", ports => ports with { Journal = new ReadThenAppend(ports.Journal) }),
        new("a lease of zero", "Twilio, two hosts", ports => ports with { Journal = new NoLease(ports.Journal) }),
        new("calls are never closed", "trunk", ports => ports with { Journal = new NeverCloses(ports.Journal) }),
        new("calls are not listed as open", "nobody hangs up", ports => ports with { Journal = new Unwatched(ports.Journal) }),
        new("a dispatch is settled before it is made", "trunk", SettlesFirst.Plant),
        new("CreateDispatch is retried blindly", "trunk", ports => ports with { LiveKit = new BlindRetry(ports.LiveKit) }),
        new("a takeover does not reconcile", "trunk", ports => ports with { LiveKit = new NoReconciling(ports.LiveKit) }),
        new("an outage is an empty room", "nobody hangs up", ports => ports with { LiveKit = new OutageIsEmpty(ports.LiveKit) }),
        new("a deletion always counts as done", "nobody hangs up", ports => ports with { LiveKit = new DeletionIsDone(ports.LiveKit) }),
        new("surplus agents stay", "two agents come", ports => ports with { LiveKit = new NobodyRemoved(ports.LiveKit) }),
    ];
}
