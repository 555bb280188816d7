using System.Net.Http.Headers;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Gateway;

/// <summary>
/// The gateway takes a status callback that doctor signs for each account: it has the same PUBLIC_URL and auth tokens. The callback names
/// no call, so the gateway acknowledges it and records nothing.
/// </summary>
internal sealed class TwilioDoorCheck : IDoctorCheck
{
    public string Id => CheckNames.TwilioDoor;

    public IReadOnlyList<string> Needs => [CheckNames.PublicUrl, CheckNames.Certificate];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.Twilio is not { Accounts: var accounts })
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        var finding = Finding.Skipped("there is no account");
        foreach (var account in accounts)
        {
            var url = visit.Gateway(GatewayRoutes.TwilioStatus.Template);
            var body = TwilioForm.Encode([new("AccountSid", account.AccountSid), new("CallStatus", "doctor")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new ByteArrayContent(body)
                {
                    Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=UTF-8") },
                },
            };
            request.Headers.TryAddWithoutValidation(
                TwilioSignature.HeaderName, TwilioSignature.Sign(url, TwilioForm.Parse(body), account.AuthTokens[0]));
            finding = Door.FindingOf(
                await Probe.SendAsync(visit.Http, request, cancellationToken),
                visit.Time.GetUtcNow(),
                "status callback",
                $"it runs with another {SettingNames.PublicUrl} or {SettingNames.TwilioAuthToken} (account {account.AccountSid})",
                $"start the gateway with the same {SettingNames.PublicUrl} and {SettingNames.TwilioAuthToken} as doctor");
            if (finding.Kind == FindingKind.Fail)
            {
                return finding;
            }
        }

        return finding;
    }
}
