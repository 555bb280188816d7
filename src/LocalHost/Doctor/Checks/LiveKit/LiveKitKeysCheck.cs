using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>LiveKit takes LIVEKIT_API_KEY with LIVEKIT_API_SECRET.</summary>
internal sealed class LiveKitKeysCheck : IDoctorCheck
{
    /// <summary>What the keys of LiveKit Cloud, and those of its generator, begin with.</summary>
    private const string KeyPrefix = "API";

    public string Id => CheckNames.LiveKitKeys;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitHost, CheckNames.Clock];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) =>
        await visit.LiveKit.ListRoomsAsync([visit.NewRoomName()], cancellationToken) switch
        {
            LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok => Finding.Ok("LiveKit accepts the API key"),
            LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Refused { Error.HttpStatus: 401 or 403 } when AreSwapped(visit) => Finding.Fail(
                $"LiveKit refuses the API key: {SettingNames.LiveKitApiKey} and {SettingNames.LiveKitApiSecret} seem to be swapped",
                $"set {SettingNames.LiveKitApiKey} to the text that begins with {KeyPrefix}, and {SettingNames.LiveKitApiSecret} to the "
                    + "other one"),
            LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Refused { Error.HttpStatus: 401 or 403 } => Finding.Fail(
                "LiveKit refuses the API key: key and secret are not a pair of this project",
                $"copy {SettingNames.LiveKitApiKey} and {SettingNames.LiveKitApiSecret} from the keys of the project at "
                    + $"{SettingNames.LiveKitHost}; lk project list shows which projects you have"),
            var other => Finding.Fail($"LiveKit answers {Words.Of(other)}", "try again; status.livekit.io shows outages of LiveKit Cloud"),
        };

    private static bool AreSwapped(DoctorVisit visit) => visit.Settings.LiveKitKeys.Signing is { Id: var id, Secret: var secret }
        && secret.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && !id.StartsWith(KeyPrefix, StringComparison.Ordinal);
}
