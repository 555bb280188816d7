using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>LiveKit takes LIVEKIT_API_KEY with LIVEKIT_API_SECRET.</summary>
internal sealed class LiveKitKeysCheck : IDoctorCheck
{
    public string Id => CheckNames.LiveKitKeys;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitHost, CheckNames.Clock];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) =>
        await visit.LiveKit.ListRoomsAsync([visit.NewRoomName()], cancellationToken) switch
        {
            LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok => Finding.Ok("LiveKit accepts the API key"),
            LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Refused { Error.HttpStatus: 401 or 403 } => Finding.Fail(
                "LiveKit refuses the API key: key and secret are not a pair of this project",
                $"copy {SettingNames.LiveKitApiKey} and {SettingNames.LiveKitApiSecret} from the keys of the project at "
                    + $"{SettingNames.LiveKitHost}; lk project list shows which projects you have"),
            var other => Finding.Fail($"LiveKit answers {Words.Of(other)}", "try again; status.livekit.io shows outages of LiveKit Cloud"),
        };
}
