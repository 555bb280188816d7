using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State.Recorded;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What a state means for the recordings of its call. Everything here follows from the state alone.</summary>
public static class RecordingQueries
{
    /// <summary>The claim that is written whenever LiveKit is asked how the recordings are.</summary>
    internal const string AskedKey = CallEffect.LookUpRecordings.ClaimKey;

    extension(CallState state)
    {
        /// <summary>
        /// The claims of the recordings that were begun, in that order, by their unit: the segment, and the track where it is one track's.
        /// </summary>
        public IEnumerable<(string Unit, EffectClaim Claim)> RecordingClaims => !HasStart(state) ? [] : state.Claims.Values
            .Where(IsStart)
            .OrderBy(claim => claim.FirstBegunAt)
            .ThenBy(claim => claim.Key, StringComparer.Ordinal)
            .Select(claim => (claim.Key[CallEffect.StartRecording.ClaimPrefix.Length..], claim));

        /// <summary>LiveKit's id of the recording that a unit has; <c>null</c> while it has none.</summary>
        public string? EgressOf(string unit) =>
            state.StartOf(unit) is { Status: ClaimStatus.Done, Result: { } result }
                ? result[(result.IndexOf(':', StringComparison.Ordinal) + 1)..]
                : null;

        /// <summary>The claim by which a unit was begun; <c>null</c> where it was not.</summary>
        public EffectClaim? StartOf(string unit) => state.Claims.GetValueOrDefault(CallEffect.StartRecording.ClaimPrefix + unit);

        /// <summary>The claim by which a recording was stopped; <c>null</c> where nobody stopped it.</summary>
        public EffectClaim? StopOf(string egressId) =>
            state.Claims.GetValueOrDefault(CallEffect.StopRecordings.ClaimPrefix + egressId);

        /// <summary>
        /// Whether a recording is one too many: its unit has another one, or was given up before this one came.
        /// </summary>
        public bool IsSurplus(RecordingState recording) =>
            state.StartOf(recording.File.Unit) is { Status: ClaimStatus.Done or ClaimStatus.GivenUp }
            && state.EgressOf(recording.File.Unit) != recording.EgressId;

        /// <summary>
        /// When LiveKit was last asked how the recordings are, and answered; <see cref="DateTimeOffset.MinValue"/> before the first time.
        /// </summary>
        public DateTimeOffset RecordingsAskedAt =>
            state.Claims.GetValueOrDefault(AskedKey) is { Status: ClaimStatus.Done } claim
                ? claim.FirstBegunAt
                : DateTimeOffset.MinValue;

        /// <summary>Every recording as the record shows it, in the order in which they began, and then those that never did.</summary>
        public IReadOnlyList<CallRecording> RecordingsInOrder => !state.Recordings.All.Any() && !state.RecordingClaims.Any() ? [] :
        [
            .. state.Recordings.All.OrderBy(recording => recording.Since).Select(recording => Shown(state, recording)),
            .. state.RecordingClaims.Where(unit => NeverBegan(unit.Claim)).Select(unit => Shown(state, unit.Unit, unit.Claim)),
        ];
    }

    private static bool HasStart(CallState state)
    {
        foreach (var claim in state.EveryClaim)
        {
            if (IsStart(claim))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a claim is one by which a recording is begun.</summary>
    internal static bool IsStart(EffectClaim claim) =>
        claim.Key.StartsWith(CallEffect.StartRecording.ClaimPrefix, StringComparison.Ordinal);

    /// <summary>Whether a claim is one by which a recording is stopped.</summary>
    internal static bool IsStop(EffectClaim claim) =>
        claim.Key.StartsWith(CallEffect.StopRecordings.ClaimPrefix, StringComparison.Ordinal);

    /// <summary>Whether a recording was given up before it began. One that nobody wanted any more did not fail.</summary>
    public static bool NeverBegan(EffectClaim start) => start is { Status: ClaimStatus.GivenUp, Result: not CallRecording.NotWanted };

    private static CallRecording Shown(CallState state, RecordingState recording)
    {
        var (file, end) = (recording.File, recording.End);
        var hasFile = end is not null && LiveKitEgressStatus.HasFile(end.Status);
        var status = hasFile ? CallRecording.Ready
            : end is not null ? CallRecording.Failed
            : recording.Active is null ? CallRecording.Starting
            : CallRecording.Going;
        return new CallRecording(file.Segment, file.Of, status)
        {
            EgressId = recording.EgressId,
            TrackSid = file.Track,
            ParticipantSid = ParticipantOf(state, file.Track),
            IsSurplus = state.IsSurplus(recording),
            StartedAt = (recording.Started ?? recording.Active)?.Happened,
            EndedAt = recording.Ended?.Happened,
            Location = end?.Location,
            SizeBytes = hasFile ? end!.SizeBytes : null,
            DurationSeconds = hasFile ? Math.Round(end!.DurationMs / 1000d, 3) : null,
            Error = end is null || end.Status == LiveKitEgressStatus.Complete ? null : end.Error ?? end.Status,
            KeptUntil = hasFile && file.KeepDays is { } days ? recording.Ended!.Happened + TimeSpan.FromDays(days) : null,
        };
    }

    private static CallRecording Shown(CallState state, string unit, EffectClaim claim)
    {
        var (segment, track) = RecordingFile.PartsOf(unit);
        return new CallRecording(segment, track is null ? RecordingFile.Everybody : null, CallRecording.Failed)
        {
            TrackSid = track,
            ParticipantSid = ParticipantOf(state, track),
            EndedAt = claim.At,
            Error = claim.Result,
        };
    }

    private static string? ParticipantOf(CallState state, string? track) =>
        track is null ? null : state.Legs.All.FirstOrDefault(leg => leg.Tracks.ContainsKey(track))?.Sid;
}
