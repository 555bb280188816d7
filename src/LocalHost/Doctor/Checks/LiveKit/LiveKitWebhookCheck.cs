using System.Globalization;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>
/// LiveKit's webhooks arrive. No API tells how they are set up, so a room is opened that is nobody's call, and the gateway's own count of
/// webhooks shows whether LiveKit told of it. The room is deleted at once. Where the count cannot be read, this cannot be seen from here.
/// </summary>
internal sealed partial class LiveKitWebhookCheck : IDoctorCheck
{
    private const string ByHand = "look at the webhook's deliveries in LiveKit's dashboard, or in the gateway's log for line 1501 or 1502";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Id => CheckNames.LiveKitWebhook;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitKeys, CheckNames.LiveKitDoor];

    public TimeSpan Deadline => TimeSpan.FromSeconds(25);

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var url = visit.Gateway(GatewayRoutes.LiveKitWebhook.Template);
        if (await CountAsync(visit, cancellationToken) is not { } before)
        {
            return Finding.Warn(
                "cannot be checked from here: only a gateway of ./run.sh shows its metrics, and only with the diagnostics key",
                $"set {SettingNames.DiagnosticsKey} for the gateway and for doctor, or {ByHand}; it must point at {url}");
        }

        await using var room = new ThrowAwayRoom(visit);
        if (await room.OpenAsync(cancellationToken) is LiveKitOutcome<LiveKitRoom>.Ok == false)
        {
            return Finding.Fail("LiveKit does not open a room", "give the API key all grants, and look at LiveKit's log");
        }

        var started = visit.Time.GetTimestamp();
        while (visit.Time.GetElapsedTime(started) < visit.Options.Patience)
        {
            await Task.Delay(Pause, visit.Time, cancellationToken);
            var now = await CountAsync(visit, cancellationToken) ?? before;
            if (now.Taken > before.Taken)
            {
                return Finding.Ok("LiveKit's webhooks arrive");
            }

            if (now.Refused > before.Refused)
            {
                return Finding.Fail(
                    "LiveKit's webhooks arrive, but the gateway refuses their signature: they are signed with another API key",
                    $"choose {SettingNames.LiveKitApiKey} as the webhook's signing key at LiveKit, or set "
                        + SettingNames.LiveKitApiKeySecondary);
            }
        }

        return Finding.Fail(
            $"no webhook of LiveKit arrived within {visit.Options.Patience.TotalSeconds:0.#} s after a room was opened",
            $"set a webhook to {url} in the project's settings at LiveKit, or in livekit.yaml: webhook: {{ api_key: "
                + $"{visit.Settings.LiveKitKeys.Signing.Id}, urls: [{url}] }}");
    }

    /// <summary>How many webhooks of LiveKit the gateway took and refused; <c>null</c> where it does not tell.</summary>
    private static async Task<(long Taken, long Refused)?> CountAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, visit.Gateway(GatewayRoutes.Metrics.Template));
        if (visit.Settings.DiagnosticsKey is { } key)
        {
            request.Headers.TryAddWithoutValidation(DiagnosticsAccess.HeaderName, key);
        }

        var answer = await Probe.SendAsync(visit.Http, request, cancellationToken);
        return answer.Status == 200 ? (Sum(answer.Body, "ok"), Sum(answer.Body, "refused")) : null;
    }

    private static long Sum(string metrics, string outcome) =>
        WebhookPattern().Matches(metrics)
            .Where(line => line.Groups["tags"].Value.Contains($"source=\"{GatewayRoutes.LiveKitWebhook.Name}\"", StringComparison.Ordinal)
                && line.Groups["tags"].Value.Contains($"outcome=\"{outcome}\"", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^voicefunctions_webhook_received_total\{(?<tags>[^}]*)\} (?<count>\d+)", RegexOptions.Multiline)]
    private static partial Regex WebhookPattern();
}
