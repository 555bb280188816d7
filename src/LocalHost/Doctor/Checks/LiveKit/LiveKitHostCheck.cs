using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>A LiveKit server answers at LIVEKIT_HOST. It is asked without a key.</summary>
internal sealed class LiveKitHostCheck : IDoctorCheck
{
    public string Id => CheckNames.LiveKitHost;

    public IReadOnlyList<string> Needs => [CheckNames.Settings];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var host = visit.Settings.LiveKitHost.BaseUri;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, "twirp/livekit.RoomService/ListRooms"))
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        var answer = await Probe.SendAsync(visit.Http, request, cancellationToken);
        return answer.Status switch
        {
            0 => Finding.Fail(
                $"{host.Host} cannot be reached: {answer.Why}",
                $"copy {SettingNames.LiveKitHost} from the project's settings at LiveKit, such as wss://project.livekit.cloud"),
            401 or 403 => Finding.Ok($"a LiveKit server answers at {host.Host}"),
            >= 300 and < 400 when host.Scheme == Uri.UriSchemeHttp => Finding.Fail(
                $"{host.Host} redirects, because {SettingNames.LiveKitHost} begins with http or ws",
                $"let {SettingNames.LiveKitHost} begin with https or wss"),
            _ => Finding.Fail(
                $"{host.Host} answers with {answer.Status}, which a LiveKit server does not do",
                $"copy {SettingNames.LiveKitHost} from the project's settings at LiveKit; it is not LIVEKIT_SIP_URI"),
        };
    }
}
