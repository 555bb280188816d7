using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about the end and what comes after it.</summary>
internal static class EndPromises
{
    /// <summary>How much later than the route's grace a room may be deleted.</summary>
    public static TimeSpan Slack { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The end was written once, with its cause.</summary>
    public static ProvenPromise One(AuditTrail trail)
    {
        var ends = trail.Steps.SelectMany(step => step.Step.Claims).Where(claim => claim.Key == CallEffect.EndCall.ClaimKey).ToList();
        return ends switch
        {
            [{ Status: ClaimStatus.Done, Result.Length: > 0 } end] => ProvenPromise.Yes("one_end", $"the call ended once, {end.Result}"),
            [] when !trail.Now.IsCall => ProvenPromise.Yes("one_end", "this was no call: no caller was announced or came"),
            [] when trail.IsUnderWay => ProvenPromise.NotYet("one_end", "the call has not ended"),
            _ => ProvenPromise.No("one_end", $"the call ended {ends.Count} times: {string.Join(", ", ends.Select(end => end.Result))}"),
        };
    }

    /// <summary>From step to step the status never went back, and what was over stayed so.</summary>
    public static ProvenPromise NeverBack(AuditTrail trail)
    {
        var faults = new List<string>();
        var (was, end) = (CallStatus.Created, (EffectClaim?)null);
        foreach (var step in trail.Steps.Where(step => step.After.FirstEventAt < DateTimeOffset.MaxValue))
        {
            var now = step.After.Status;
            if (now < was || (was is CallStatus.Ended or CallStatus.Failed && now != was) || (end is not null && end != step.After.End))
            {
                faults.Add($"step {step.Step.Number} went from {was} back to {now}");
            }

            (was, end) = (now, step.After.End);
        }

        return ProvenPromise.Unless("never_back", faults, "the status never went back");
    }

    /// <summary>
    /// Kept if the room was deleted within the grace and 5 s after the end. Also kept, with the lateness in its text, if the deletion began
    /// in that time and LiveKit carried it out later. Broken if the deletion began later. Where people whom others brought kept the room,
    /// the time counts from when they were known to be gone, and where whoever was to stop a recording died, from when that claim was free;
    /// a room that the next caller's call took over is that call's to delete.
    /// </summary>
    public static ProvenPromise RoomDeleted(AuditTrail trail, RouteTable routes)
    {
        const string Name = "room_deleted";
        var state = trail.Now;
        if (state.End is not { } end)
        {
            return state.IsCall
                ? ProvenPromise.NotYet(Name, "the call has not ended")
                : ProvenPromise.Yes(Name, "this was no call, so the room was left alone");
        }

        if (state.Successor is { } successor)
        {
            return ProvenPromise.Yes(Name, $"the room is the next caller's: call {successor} took it over");
        }

        var done = state.Deletions.Where(deletion => deletion.Claim.Status == ClaimStatus.Done).Select(deletion => deletion.Claim).ToList();
        if (done.Count == 0 || state.RoomMayLive)
        {
            return trail.IsUnderWay ? ProvenPromise.NotYet(Name, "the room is still to be deleted") : ProvenPromise.No(
                Name,
                $"the room was never known to be gone: {state.Deletions.LastOrDefault().Claim?.Result ?? "it was never tried"}");
        }

        var due = Due(trail, end, routes.Find(RouteQuery.Of(state)).Timeouts.RoomGrace);
        DateTimeOffset?[] waits = [due, BelongingPromises.TheirsUntil(trail), RecordingPromises.HeldUntil(trail, due)];
        var window = waits.Max()!.Value + Slack;
        var took = $"the room was {done[0].Result} {HistoryWords.Of(done[0].At - end.At)} after the end";
        return done[0] switch
        {
            var deletion when deletion.At <= window => ProvenPromise.Yes(Name, took),
            { BegunAt: var begun, Attempt: var attempts } deletion when (begun ?? deletion.At) <= window =>
                ProvenPromise.Yes(
                    Name,
                    $"{took}, {HistoryWords.Of(deletion.At - window)} late: it was begun in time and took {attempts} attempts"),
            var deletion => ProvenPromise.No(Name, $"{took}, {HistoryWords.Of(deletion.At - window)} late"),
        };
    }

    /// <summary>
    /// When the deletion was due: after the grace, and not while a dispatch or the calling of a human was in flight that could have opened
    /// the room again.
    /// </summary>
    public static DateTimeOffset Due(AuditTrail trail, EffectClaim end, TimeSpan grace)
    {
        var ending = trail.Steps.First(step => step.After.End is not null);
        var inFlight = ending.After.Dispatches.Select(dispatch => dispatch.Claim)
            .Concat(ending.After.PhoneCalls)
            .Concat(ending.After.RoomFillers)
            .Where(claim => claim.Status == ClaimStatus.Intent)
            .Max(claim => claim.Until);
        return inFlight > end.At + grace ? inFlight.Value : end.At + grace;
    }

    /// <summary>Each thing that happened was told, under a claim that was settled once.</summary>
    public static ProvenPromise Told(AuditTrail trail)
    {
        const string Name = "told_once";
        var (state, keys) = (trail.Now, LifecycleEvents.Of(trail.Now).Select(LifecycleEvents.KeyOf).ToList());
        var claims = keys.Select(key => (Key: key, Claim: state.Claims.GetValueOrDefault(CallEffect.Publish.ClaimPrefix + key))).ToList();
        var untold = claims.Where(told => told.Claim is not { Status: ClaimStatus.Done }).Select(told => told.Key).ToList();
        var again = claims.Where(told => told.Claim is { Attempt: > 1 }).Select(told => told.Key).ToList();
        var text = $"{keys.Count - untold.Count} of {keys.Count} lifecycle events were published"
            + (again.Count == 0 ? "" : $"; {string.Join(", ", again)} was tried more than once, always under the same event id");
        return untold.Count == 0 ? ProvenPromise.Yes(Name, text)
            : trail.IsUnderWay ? ProvenPromise.NotYet(Name, text)
            : ProvenPromise.No(Name, $"{text}; never published: {string.Join(", ", untold)}");
    }
}
