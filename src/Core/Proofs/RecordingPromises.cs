using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.State.Recorded;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about recordings. That one failed breaks none: it is told, and the call was not harmed.</summary>
internal static class RecordingPromises
{
    /// <summary>Whatever was to be recorded was recorded once; one that came up beside it was stopped.</summary>
    public static ProvenPromise Once(AuditTrail trail)
    {
        const string Name = "recorded_once";
        var state = trail.Now;
        var units = state.RecordingClaims.ToList();
        if (units.Count == 0 && !state.Recordings.All.Any())
        {
            return ProvenPromise.Yes(Name, "nothing was recorded");
        }

        var surplus = state.Recordings.All.Where(state.IsSurplus).ToList();
        var faults = surplus.Where(recording => recording.GoesOn && state.StopOf(recording.EgressId) is null)
            .Select(recording => $"{recording.EgressId} recorded {recording.File.Unit} once more, and was not stopped")
            .ToList();
        return faults.Count > 0 && trail.IsUnderWay
            ? ProvenPromise.NotYet(Name, string.Join("; ", faults))
            : ProvenPromise.Unless(Name, faults, Words(state, units, surplus));
    }

    /// <summary>
    /// Before the room was deleted, which cuts a recording off, each one that was known had been told to stop; and each came to an end.
    /// </summary>
    public static ProvenPromise Stopped(AuditTrail trail)
    {
        const string Name = "recording_stopped";
        var state = trail.Now;
        if (!state.Recordings.All.Any())
        {
            return ProvenPromise.Yes(Name, "there was no recording to stop");
        }

        var faults =
            from read in trail.Steps
            where read.Seen.End is not null
            where read.After.Deletions.Any(deletion =>
                deletion.Claim.Status == ClaimStatus.Intent && read.Step.Claims.Contains(deletion.Claim))
            from recording in read.Seen.Recordings.All
            where recording.GoesOn && read.Seen.StopOf(recording.EgressId) is null
            select $"step {read.Step.Number} deleted the room, and {recording.EgressId} had not been told to stop";
        var broken = faults.ToList();
        var open = state.Recordings.All.Count(recording => recording.GoesOn);
        return broken.Count > 0 ? ProvenPromise.No(Name, string.Join("; ", broken))
            : open == 0 ? ProvenPromise.Yes(Name, "every recording is over, and was told to stop before the room was deleted")
            : trail.IsUnderWay ? ProvenPromise.NotYet(Name, $"{open} of the recordings go on, or their files are still being written")
            : ProvenPromise.No(Name, $"{open} of the recordings never came to an end");
    }

    /// <summary>
    /// Until when the room waited for a recording that somebody had begun to stop and not stopped by then; <c>null</c> where it did not.
    /// </summary>
    public static DateTimeOffset? HeldUntil(AuditTrail trail, DateTimeOffset due)
    {
        var writes = trail.Steps.SelectMany(read => read.Step.Claims)
            .Where(RecordingQueries.IsStop)
            .ToList();
        return writes.Where(claim => claim.Status == ClaimStatus.Intent && claim.At <= due)
            .Where(begun => !writes.Exists(settled => settled.Owner == begun.Owner
                && settled.Key == begun.Key
                && settled.Status != ClaimStatus.Intent
                && settled.At <= due))
            .Max(begun => begun.Until);
    }

    private static string Words(CallState state, List<(string Unit, EffectClaim Claim)> units, List<RecordingState> surplus)
    {
        var begun = units.Count(unit => state.EgressOf(unit.Unit) is not null);
        return $"{begun} of {units.Count} recordings began, each once" + (surplus.Count == 0 ? "" : $"; {surplus.Count} more were stopped");
    }
}
