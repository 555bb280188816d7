using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Exploration.Model;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>The mistakes that the explorer must find.</summary>
internal static class SeededBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        new("claims are not checked", "trunk, two hosts", ports => ports with { Journal = new UncheckedClaims(ports.Journal) }),
        new("claims are read, then written", "trunk, two hosts", ports => ports with { Journal = new ReadThenWrite(ports.Journal) }),
        new("events are looked for, then stored", "trunk, two hosts", ports => ports with { Journal = new ReadThenAppend(ports.Journal) }),
        new("a lease of zero", "Twilio, two hosts, in process", ports => ports with { Journal = new NoLease(ports.Journal) }),
        new("a claim is taken over before its lease is over", "Twilio, two hosts, in process", ports =>
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
        new("any agent is the voice agent", "helpers of others", BelongingBugs.AnyAgentIsTheVoice),
        new("an avatar is one agent too many", "an avatar speaks", BelongingBugs.AvatarsAreAgents),
        new("every caller's room is ours", "a meeting next door", ports => ports)
        {
            Scope = new RoomScope(CallWorld.Naming, new HashSet<string>(), new HashSet<string> { "SDR_1" }),
        },
        new("an agent is sent beside an operator who talks", "an operator takes over", BelongingBugs.OperatorsAreNobody),
        new("the room is deleted under an operator who talks", "an operator stays", BelongingBugs.OperatorsAreNobody),
        new("a caller with a token is a guest like any other", "a browser", BelongingBugs.DriversAreGuests),
        new("a human whom an agent brought is nobody", "the agent brings a human", BelongingBugs.DialledOutAreNobody),
        new("a goodbye is taken for a loss", "the agent has finished", BelongingBugs.GoodbyesAreLosses),
        new("a track counts as heard for ever", "the agent falls silent, reserve", BelongingBugs.HeardForEver),
        new("a lease that is not renewed holds on", "the agent hangs, leases", ports =>
            ports with { Journal = new LeasesHoldForEver(ports.Journal) }),
        new("a human rings on after the caller went", "a human rings, an operator stays", ports =>
            ports with { LiveKit = new HumanRingsOn(ports.LiveKit) }),
        new("a ghost is taken for a caller", "LiveKit crashes and the caller goes", ports =>
            ports with { LiveKit = new GhostsLive(ports.LiveKit) }),
        new("a helper is dispatched blindly", "helpers of the route", ports => ports with { LiveKit = new BlindHelper(ports.LiveKit) }),
        new("a handoff's human is dialled blindly", "a warm handoff", ports =>
            ports with { LiveKit = new BlindDialling(ports.LiveKit) }),
        new("an agent speaks beside the human", "a warm handoff", ports => ports with { LiveKit = new NothingCleared(ports.LiveKit) }),
        new("a mute is taken for done", "a warm handoff, the agent stays", ports =>
            ports with { LiveKit = new MuteIsDone(ports.LiveKit) }),
        new("a transfer is repeated blindly", "a cold handoff", ports => ports with { LiveKit = new BlindTransfer(ports.LiveKit) }),
        new("a recording is started blindly", "recorded", ports => ports with { LiveKit = new BlindRecording(ports.LiveKit) }),
        new("a recording is started again unseen", "recorded", ports => ports with { LiveKit = new RecordingsUnseen(ports.LiveKit) }),
        new("recordings are never stopped", "recorded", ports => ports with { LiveKit = new NeverStopped(ports.LiveKit) }),
        new("the callee is dialled blindly", "a phone is called", ports =>
            ports with { LiveKit = new BlindDialling(ports.LiveKit) }),
        new("a phone that may ring is not looked for", "a phone is called", ports =>
            ports with { LiveKit = new PhonesAreNotLookedFor(ports.LiveKit) }),
        new("an agent that was sent counts as there", "a phone is called, no agent comes", ports =>
            ports with { LiveKit = new SentIsThere(ports.LiveKit) }),
        new("the next caller is handed on under another id", "the next caller", ports =>
            ports with { Journal = new HandsOnAnew(ports.Journal) }),
        new("the wish that a call may end is answered and forgotten", "an operator ends the call", ports =>
            ports with { Journal = new ForgetsWishes(ports.Journal) }),
        new("a caller whose call was ended is left with the others", "an operator ends the call and stays", ports =>
            ports with { LiveKit = new NobodyRemoved(ports.LiveKit) }),
        new("a place is written over whatever stands there", "a line for one call", ports =>
            ports with { Limits = new WritesOverAnything(ports.Limits) }),
        new("a place is never given back", "a line for one call", ports => ports with { Limits = new KeepsPlaces(ports.Limits) }),
        new("what a receiver could not take counts as taken", "events go out", ports =>
            ports with { Outbox = OutboxBugs.FailuresAreTaken(ports.Outbox) }),
        new("what a receiver refused is thrown away", "events go out", ports =>
            ports with { Outbox = ports.Outbox with { DeadLetters = new KeepsNoLetters(ports.Outbox.DeadLetters) } }),
        new("events overtake each other", "events go out", ports => ports with { Outbox = OutboxBugs.EventsOvertake(ports.Outbox) }),
        new("the last events of the next caller are forgotten", "the next caller", ports =>
            ports with { Journal = new HandsOnOnce(ports.Journal) }),
    ];
}
