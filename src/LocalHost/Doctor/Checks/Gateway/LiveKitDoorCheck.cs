using System.Net.Http.Headers;
using System.Text;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Gateway;

/// <summary>
/// The gateway takes a webhook that doctor signs with LIVEKIT_API_KEY: it runs with the same keys. The event is about no room, so the
/// gateway acknowledges it and does nothing.
/// </summary>
internal sealed class LiveKitDoorCheck : IDoctorCheck
{
    public string Id => CheckNames.LiveKitDoor;

    public IReadOnlyList<string> Needs => [CheckNames.PublicUrl, CheckNames.Certificate, CheckNames.Clock];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var now = visit.Time.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(
            $$"""{"event":"room_started","id":"EV_{{visit.NewRoomName()}}","createdAt":"{{now.ToUnixTimeSeconds()}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, visit.Gateway(GatewayRoutes.LiveKitWebhook.Template))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/webhook+json") } },
        };
        request.Headers.TryAddWithoutValidation("Authorization", LiveKitWebhookSigner.Sign(visit.Settings.LiveKitKeys.Signing, body, now));
        return Door.FindingOf(
            await Probe.SendAsync(visit.Http, request, cancellationToken),
            now,
            "LiveKit webhook",
            $"it runs with another {SettingNames.LiveKitApiKey} or {SettingNames.LiveKitApiSecret}, or its clock is wrong",
            $"start the gateway with the same {SettingNames.LiveKitApiKey} and {SettingNames.LiveKitApiSecret} as doctor");
    }
}
