using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Gateway;

/// <summary>The gateway answers at PUBLIC_URL, and PUBLIC_URL is one that Twilio and LiveKit can reach.</summary>
internal sealed class PublicUrlCheck : IDoctorCheck
{
    public string Id => CheckNames.PublicUrl;

    public IReadOnlyList<string> Needs => [CheckNames.Settings];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var url = new Uri(visit.Settings.PublicUrl);
        if (url.IsLoopback && OutsiderOf(visit) is { } outsider)
        {
            return Finding.Fail(
                $"{SettingNames.PublicUrl} is an address that only this machine can reach, and {outsider} must reach it",
                $"start a tunnel (devtunnel host -p 7071 --allow-anonymous) and set {SettingNames.PublicUrl} to its URL");
        }

        var answer = await Probe.GetAsync(visit, visit.Gateway(GatewayRoutes.HealthAlias.Template), cancellationToken);
        if (answer.Status == 0)
        {
            return Finding.Fail(
                $"{url.Host} cannot be reached: {answer.Why}",
                $"start the gateway and its tunnel, and check that {SettingNames.PublicUrl} is the tunnel's current URL");
        }

        if (answer.Status is >= 300 and < 400)
        {
            return Finding.Fail(
                $"{url.Host} redirects{(answer.Location is { IsAbsoluteUri: true } to ? $" to {to.Scheme}://{to.Authority}" : "")}; a "
                    + "redirected webhook loses its body or its signature",
                $"set {SettingNames.PublicUrl} to the address at the end of the redirect");
        }

        if (answer.Status != 200 || VersionOf(answer.Body) is not { } version)
        {
            return Finding.Fail(
                $"{url.Host} answers with {answer.Status}, but it is not the gateway that answers",
                $"check that {SettingNames.PublicUrl} has the gateway's host, port and path prefix, and that nothing in front asks for a "
                    + "login");
        }

        return url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback
            ? Finding.Warn($"the gateway answers, version {version}, but over http: everybody on the network can read calls", "use https")
            : Finding.Ok($"the gateway answers, version {version}");
    }

    /// <summary>Who must reach PUBLIC_URL from elsewhere; <c>null</c> where everybody is on this machine.</summary>
    private static string? OutsiderOf(DoctorVisit visit) =>
        !visit.Settings.LiveKitHost.BaseUri.IsLoopback ? "LiveKit"
        : visit.Settings.Twilio is not null && visit.Environment(TwilioRest.TestUrl) is null ? "Twilio"
        : null;

    private static string? VersionOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var version = TwilioRest.TextOf(json.RootElement, "version");
            return TwilioRest.TextOf(json.RootElement, "status") == "ok" && version.Length > 0 ? version : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
