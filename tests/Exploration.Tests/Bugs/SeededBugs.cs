using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;

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
        new("a claim is taken over before its lease is over", "Twilio, two hosts", ports =>
            ports with { Journal = new ImpatientTakeover(ports.Journal) }),
        new("the end is decided twice", "trunk, two hosts", ports =>
            ports with { Journal = new UncheckedClaim(ports.Journal, CallEffect.EndCall.ClaimKey) }),
        new("a lease is given to whoever asks", "two jobs come, leases", ports =>
            ports with { Journal = new UncheckedClaim(ports.Journal, AgentLease.ClaimPrefix) }),
        new("the record lags behind the story", "trunk", ports => ports with { Journal = new RecordLags(ports.Journal) }),
        new("an event that is not stored is answered for", "trunk", ports => ports with { Journal = new AnswersAnyway(ports.Journal) }),
        new("the room is deleted before the claim", "trunk", ActsFirst.Plant),
        new("calls are never closed", "trunk", ports => ports with { Journal = new NeverCloses(ports.Journal) }),
        new("calls are not listed as open", "nobody hangs up", ports => ports with { Journal = new Unwatched(ports.Journal) }),
        new("a dispatch is settled before it is made", "trunk", SettlesFirst.Plant),
        new("CreateDispatch is retried blindly", "trunk", ports => ports with { LiveKit = new BlindRetry(ports.LiveKit) }),
        new("a takeover does not reconcile", "trunk", ports => ports with { LiveKit = new NoReconciling(ports.LiveKit) }),
        new("the human is dialled blindly", "no agent comes, a human does", ports =>
            ports with { LiveKit = new BlindDialling(ports.LiveKit) }),
        new("a list is kept and trusted", "no agent comes, a human does", ports => ports with { LiveKit = new ListIsKept(ports.LiveKit) }),
        new("a mute agent stays when the reserve comes", "the agent is mute, reserve", ports =>
            ports with { LiveKit = new NothingCleared(ports.LiveKit) }),
        new("an outage is an empty room", "nobody hangs up", ports => ports with { LiveKit = new OutageIsEmpty(ports.LiveKit) }),
        new("a deletion always counts as done", "nobody hangs up", ports => ports with { LiveKit = new DeletionIsDone(ports.LiveKit) }),
        new("surplus agents stay", "two agents come", ports => ports with { LiveKit = new NobodyRemoved(ports.LiveKit) }),
    ];
}
