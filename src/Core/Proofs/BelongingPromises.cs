using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises to others: to their rooms and agents, to people who talk, and to a human who was called.</summary>
internal static class BelongingPromises
{
    /// <summary>What an attempt of a dispatch came to that certainly made none.</summary>
    private static readonly string[] NotMade =
        ["list_dispatches", "clear", "human_talks", "no_room", "create_dispatch", "create_dispatch_refused"];

    /// <summary>
    /// The rooms of the history were ours: by their name, or by a listed trunk or rule of the caller.
    /// </summary>
    public static ProvenPromise OnlyOurRoom(AuditTrail trail, RoomScope scope)
    {
        var isListed = IsListed(trail, scope);
        var faults = trail.Events.Select(read => read.Event.Room?.Name)
            .OfType<string>()
            .Where(name => name.Length > 0)
            .Distinct()
            .Where(name => !scope.IsOurs(name) && !name.EndsWith($"_{trail.CallId}", StringComparison.Ordinal) && !isListed)
            .Select(_ => "a room was followed that is neither of our prefix nor of a listed trunk or rule");
        return ProvenPromise.Unless("only_our_room", faults, "only the gateway's own rooms were followed");
    }

    /// <summary>Whoever was removed was a voice agent of the call, its avatar, or after the end a human whom it had called.</summary>
    public static ProvenPromise OnlyOurAgents(AuditTrail trail)
    {
        var byStep = trail.Steps.ToLookup(read => read.Step.Number);
        var faults =
            from read in trail.Events
            where read.Event.Fact is CallFact.LegLeft { Reason: LiveKitDisconnectReason.ParticipantRemoved }
            let leg = ((CallFact.LegLeft)read.Event.Fact).Leg
            let state = read.SeenBy is { } seenBy && byStep[seenBy].FirstOrDefault() is { } step ? step.After : trail.Now
            where !IsOursToRemove(state, leg) && (read.Event.Inferred || IsClearing(trail, read.Event.Happened))
            select $"{leg.Sid} was removed, but is neither an agent nor a human of this call";
        return ProvenPromise.Unless("only_our_agents", faults, "nobody was removed except this call's agents and humans");
    }

    /// <summary>No agent was sent while a human was heard, as far as was known when it was decided.</summary>
    public static ProvenPromise NobodyDisturbed(AuditTrail trail)
    {
        var faults =
            from read in trail.Steps
            where read.Seen.IsHumanHeard
            from claim in read.Step.Claims
            where claim.Status == ClaimStatus.Intent
                && claim.Key.StartsWith(CallEffect.DispatchAgent.ClaimPrefix, StringComparison.Ordinal)
                && CertainlyMadeNone(read.Seen.Claims.GetValueOrDefault(claim.Key))
            where trail.Steps.SelectMany(other => other.Step.Claims).Any(settled =>
                settled.Key == claim.Key
                && settled.Owner == claim.Owner
                && settled is { Status: ClaimStatus.Done, Result: { } result }
                && !result.StartsWith(CallEffect.DispatchAgent.Adopted, StringComparison.Ordinal))
            select $"step {read.Step.Number} sent an agent while people talked";
        return ProvenPromise.Unless("nobody_disturbed", faults, "no agent was sent while people talked");
    }

    /// <summary>
    /// A human whom the call had called was not left ringing, or alone, when it was over: they were gone with the room's or their own
    /// removal, or that was begun in time.
    /// </summary>
    public static ProvenPromise NobodyLeftRinging(AuditTrail trail)
    {
        const string Name = "nobody_left_ringing";
        if (trail.Now is not { End: { } end } state)
        {
            return trail.Now.IsCall
                ? ProvenPromise.NotYet(Name, "the call has not ended")
                : ProvenPromise.Yes(Name, "this was no call, so nobody was called");
        }

        var due = EndPromises.Due(trail, end, TimeSpan.Zero) + EndPromises.Slack;
        var isBegun = state.Deletions.Concat(state.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix))
            .Select(effect => effect.Item2.FirstBegunAt)
            .Any(begun => begun >= end.At && begun <= due);
        var left = state.Humans
            .Where(leg => leg.Since <= end.At && !(state.GoneAt(leg) <= due))
            .Where(leg => leg is { Answered: null, Leg.IsDialled: true } || TheirsUntil(state) is null)
            .ToList();
        var isOver = left.TrueForAll(leg => state.GoneAt(leg) is not null);
        return left.Count == 0 ? ProvenPromise.Yes(Name, state.Humans.Any() ? "the human was released" : "no human was called")
            : isBegun && isOver ? ProvenPromise.Yes(Name, "the human was let go late: it was begun in time")
            : trail.IsUnderWay && !isOver ? ProvenPromise.NotYet(Name, "the human is still to be let go")
            : ProvenPromise.No(Name, $"{string.Join(", ", left.Select(leg => leg.Sid))} was left on the line after the call was over");
    }

    /// <summary>
    /// Until when people whom others brought kept the room after the end, or until their going was known, if that was later. <c>null</c>
    /// where none did, and the end of time while they do.
    /// </summary>
    public static DateTimeOffset? TheirsUntil(AuditTrail trail)
    {
        if (TheirsUntil(trail.Now) is not { } until)
        {
            return null;
        }

        var known = trail.Steps.Zip(trail.Steps.Skip(1))
            .LastOrDefault(steps => AreThere(steps.First) && !AreThere(steps.Second))
            .Second?.Step.At;
        return known > until ? known : until;

        static bool AreThere(ReadStep step) => TheirsUntil(step.Seen) == DateTimeOffset.MaxValue;
    }

    private static DateTimeOffset? TheirsUntil(CallState state) => state.Heard
        .Where(span => span is { Part: LegPart.Human, Leg.Role: not LegRole.Human } && !(span.To <= state.End?.At))
        .Max(span => span.To is { } to ? (span.Leg.Left?.At > to ? span.Leg.Left.At : to) : (DateTimeOffset?)DateTimeOffset.MaxValue);

    private static bool CertainlyMadeNone(EffectClaim? before) =>
        before is null || (before is { Status: ClaimStatus.Failed, Result: { } why } && NotMade.Contains(why));

    private static bool IsOursToRemove(CallState state, Leg leg) => state.Cast.PartOf(leg) switch
    {
        LegPart.VoiceAgent or LegPart.Avatar => true,
        LegPart.Human => leg.Role == LegRole.Human && (state.End is not null || IsRingingInVain(state, leg)),
        LegPart.Caller => true,
        _ => false,
    };

    /// <summary>Whether a human was dialled by a handoff and had not answered as far as was known, or it was being given up.</summary>
    private static bool IsRingingInVain(CallState state, Leg human) => state.Handoffs.Any(handoff =>
        handoff.Owns(human)
        && (handoff.Failure is not null || state.Legs.Find(human.Sid)?.Answered is null or { Fact: CallFact.LegLeft }));

    /// <summary>Whether the call was putting agents out: before another one or a human, or because there were too many.</summary>
    private static bool IsClearing(AuditTrail trail, DateTimeOffset at) => trail.Now.Dispatches
        .Where(dispatch => dispatch.Epoch > 1)
        .Select(dispatch => dispatch.Claim)
        .Concat(trail.Now.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix).Select(round => round.Claim))
        .Concat(trail.Now.Silencings.Select(round => round.Claim))
        .Concat(trail.Now.Handoffs.Select(handoff => handoff.Failure).OfType<EffectClaim>())
        .Concat(trail.Now.PhoneCalls)
        .Any(claim => claim.FirstBegunAt <= at && at <= claim.At);

    /// <summary>
    /// Whether the caller came by a listed trunk or rule. Where the journal has none of the caller's attributes, it is taken for so if any
    /// are listed: it has only rooms that were.
    /// </summary>
    private static bool IsListed(AuditTrail trail, RoomScope scope)
    {
        var described = trail.Events.Select(read => read.Event)
            .Where(happened => happened.Fact is CallFact.LegJoined { Leg.Role: LegRole.Caller })
            .Select(joined => Described(joined.Raw))
            .OfType<LiveKitParticipant>()
            .ToList();
        return scope.HasListed && (described.Count == 0 || described.Exists(scope.IsMadeOursBy));
    }

    private static LiveKitParticipant? Described(string? raw)
    {
        try
        {
            using var json = raw is null ? null : JsonDocument.Parse(raw);
            return json is null ? null : LiveKitJson.Participant(json.RootElement);
        }
        catch (JsonException)
        {
            // It was cut.
            return null;
        }
    }
}
