using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Mistakes about who belongs to a call: what LiveKit says of somebody is read wrongly, in webhooks and lists alike.</summary>
internal static class BelongingBugs
{
    /// <summary>Every agent counts as the voice agent, whatever its name is.</summary>
    public static HostPorts AnyAgentIsTheVoice(HostPorts ports) => Misread(
        ports, leg => leg.Role == LegRole.Agent ? leg with { AgentName = Workers.Agent } : leg, guest => Named(guest, Workers.Agent));

    /// <summary>An avatar is an agent like any other.</summary>
    public static HostPorts AvatarsAreAgents(HostPorts ports) => Misread(
        ports,
        leg => leg is { OnBehalfOf: not null } ? leg with { OnBehalfOf = null, AgentName = Workers.Agent } : leg,
        guest => guest.Attribute(LiveKitAttributes.PublishOnBehalf) is null ? guest : Named(guest, Workers.Agent));

    /// <summary>A human in a browser is nobody.</summary>
    public static HostPorts OperatorsAreNobody(HostPorts ports) => Misread(
        ports,
        leg => leg.Role == LegRole.Guest ? leg with { IsHidden = true } : leg,
        guest => guest.Kind == LiveKitParticipantKind.Standard ? null : guest);

    /// <summary>A caller who joined with a token is taken for a guest.</summary>
    public static HostPorts DriversAreGuests(HostPorts ports) => Misread(
        ports,
        leg => leg.IsByToken ? leg with { Role = LegRole.Guest, IsByToken = false } : leg,
        guest => guest.Kind == LiveKitParticipantKind.Standard
            ? guest with { Identity = "guest", Attributes = LiveKitAttributes.None }
            : guest);

    /// <summary>A human whom somebody else dialled is nobody.</summary>
    public static HostPorts DialledOutAreNobody(HostPorts ports) => Misread(
        ports,
        leg => leg.Role == LegRole.DialledOut ? leg with { Role = LegRole.Recorder } : leg,
        guest => guest.Kind == LiveKitParticipantKind.Sip && guest.Attribute(LiveKitAttributes.SipRuleId) is null ? null : guest);

    /// <summary>An agent that leaves on its own is taken for one that was lost.</summary>
    public static HostPorts GoodbyesAreLosses(HostPorts ports) => ports with
    {
        Journal = new Rereading(ports.Journal, fact => fact is CallFact.LegLeft { Leg.Role: LegRole.Agent } left
            ? left with { Reason = LiveKitDisconnectReason.ConnectionTimeout }
            : fact),
    };

    /// <summary>Once heard, an agent counts as heard for ever.</summary>
    public static HostPorts HeardForEver(HostPorts ports) => new(
        new Rereading(ports.Journal, fact => fact is CallFact.AudioUnpublished ? new CallFact.Unhandled("track_unpublished") : fact),
        new Relisting(ports.LiveKit, guest => guest with { Tracks = [new LiveKitTrack { Sid = "TR_1" }] }),
        ports.Limits,
        ports.Outbox);

    private static HostPorts Misread(HostPorts ports, Func<Leg, Leg> leg, Func<LiveKitParticipant, LiveKitParticipant?> guest) => new(
        new Rereading(ports.Journal, fact => fact switch
        {
            CallFact.LegJoined joined => new CallFact.LegJoined(leg(joined.Leg)),
            CallFact.LegLeft left => left with { Leg = leg(left.Leg) },
            _ => fact,
        }),
        new Relisting(ports.LiveKit, guest),
        ports.Limits,
        ports.Outbox);

    private static LiveKitParticipant Named(LiveKitParticipant guest, string name) => guest.Kind == LiveKitParticipantKind.Agent
        ? guest with { Attributes = new Dictionary<string, string> { [LiveKitAttributes.AgentName] = name } }
        : guest;
}

/// <summary>Reads what a webhook says wrongly.</summary>
internal sealed class Rereading(ICallJournal inner, Func<CallFact, CallFact> read) : DelegatingJournal(inner)
{
    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        Inner.AppendAsync(callId, callEvent with { Fact = read(callEvent.Fact) }, watch, cancellationToken);
}

/// <summary>Reads a list of participants wrongly.</summary>
internal sealed class Relisting(ILiveKitApi inner, Func<LiveKitParticipant, LiveKitParticipant?> read) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        await Inner.ListParticipantsAsync(room, cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var guests }
            ? new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok([.. guests.Select(read).OfType<LiveKitParticipant>()])
            : new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Unavailable(null);
}

/// <summary>Asks for a helper once more when nobody knows whether the first asking was done.</summary>
internal sealed class BlindHelper(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(
        LiveKitDispatchRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Inner.CreateDispatchAsync(request, cancellationToken);
        return outcome is LiveKitOutcome<LiveKitDispatch>.Unknown && request.AgentName != Workers.Agent
            ? await Inner.CreateDispatchAsync(request, cancellationToken)
            : outcome;
    }
}

/// <summary>Takes everybody whom LiveKit lists for living.</summary>
internal sealed class GhostsLive(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitDone>>(new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone()));
}

/// <summary>Leaves a human's phone ringing when the caller is gone.</summary>
internal sealed class HumanRingsOn(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        identity.StartsWith(HumanIdentity.Prefix, StringComparison.Ordinal)
            ? Task.FromResult<LiveKitOutcome<LiveKitDone>>(new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone()))
            : Inner.RemoveParticipantAsync(room, identity, cancellationToken);
}

/// <summary>A job that renews its lease no longer keeps it.</summary>
internal sealed class LeasesHoldForEver(ICallJournal inner) : DelegatingJournal(inner)
{
    public override ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        Inner.CommitAsync(
            callId,
            version,
            change with
            {
                Claims = [.. change.Claims.Select(claim =>
                    claim.Key.StartsWith(AgentLease.ClaimPrefix, StringComparison.Ordinal) ? claim with { Until = null } : claim)],
            },
            cancellationToken);
}

/// <summary>Gives the next caller a call of another id each time.</summary>
internal sealed class HandsOnAnew(ICallJournal inner) : DelegatingJournal(inner)
{
    private readonly Dictionary<CallId, CallId> ids = [];
    private int count;

    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        if (callEvent.Fact is CallFact.CallFollows)
        {
            ids[callId] = CallId.ForTrunk(callId.Value, $"{++count}");
        }

        return Inner.AppendAsync(ids.GetValueOrDefault(callId, callId), callEvent, watch, cancellationToken);
    }
}

/// <summary>Hands on once: what comes after it stays in the earlier call.</summary>
internal sealed class HandsOnOnce(ICallJournal inner) : DelegatingJournal(inner)
{
    private CallId? handedOnBy;

    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var claims = change.Steps.SelectMany(step => step.Claims);
        handedOnBy = claims.LastOrDefault(claim => claim.Key == CallEffect.HandOn.ClaimKey) is { } handOn
            ? handOn is { Status: ClaimStatus.Intent, Attempt: > 1 } ? callId : null
            : handedOnBy;
        return await Inner.CommitAsync(callId, version, change, cancellationToken);
    }

    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        handedOnBy is not null && handedOnBy != callId
            ? ValueTask.FromResult(AppendOutcome.Duplicate)
            : Inner.AppendAsync(callId, callEvent, watch, cancellationToken);
}
