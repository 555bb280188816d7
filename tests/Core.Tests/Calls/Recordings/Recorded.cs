using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Recordings;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>Calls that are recorded, said in seconds after noon.</summary>
internal static class Recorded
{
    public static readonly RouteRecording WholeRoom = new(BySeparateTracks: false) { RetentionDays = 30 };
    public static readonly RouteRecording Tracks = new(BySeparateTracks: true);
    public static readonly RecordingFile RoomFile = new(Call.Value, 1, RecordingFile.Everybody) { KeepDays = 30 };
    public static readonly CallEffect.StartRecording StartRoom = new(1) { Of = RecordingFile.Everybody };

    /// <summary>A caller who hears the agent since the second second.</summary>
    public static readonly object[] Talking = [Started(0), Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Track(1, Agent(), "TR_a")];

    public static CallTimeouts With(RouteRecording? recording) => Timeouts with { Recording = recording };

    public static CallEvent Track(double at, Leg leg, string sid) =>
        InRoom(at, new CallFact.AudioPublished(leg.Sid, leg.Identity) { TrackSid = sid });

    public static CallEvent Wanted(double at, string want) => Event(at, new CallFact.RecordingWanted(want));

    public static CallEvent Consent(double at, bool granted) => Event(at, new CallFact.ConsentGiven("AJ_1", 1, granted));

    public static CallEvent Taken(double at, string egress = "EG_1", RecordingFile? file = null) =>
        Event(at, new CallFact.RecordingStarted(egress, file ?? RoomFile));

    public static CallEvent Records(double at, string egress = "EG_1", RecordingFile? file = null) =>
        Event(at, new CallFact.RecordingStarted(egress, file ?? RoomFile) { IsActive = true });

    public static CallEvent Over(
        double at, string status = LiveKitEgressStatus.Complete, string egress = "EG_1", RecordingFile? file = null) =>
        Event(at, new CallFact.RecordingEnded(egress, file ?? RoomFile, status)
        {
            Location = status == LiveKitEgressStatus.Complete ? "https://store/file.ogg" : null,
            SizeBytes = 100,
            DurationMs = 2500,
        });

    public static EffectClaim Begun(double at, string unit = "1", string egress = "EG_1") =>
        Done($"record:{unit}", at, $"started:{egress}");

    public static EffectClaim Stopped(double at, string egress = "EG_1") => Done($"stop-recording:{egress}", at, "stopped");

    public static EffectClaim LookedUp(double at) => Done(CallEffect.LookUpRecordings.ClaimKey, at, "asked");
}
