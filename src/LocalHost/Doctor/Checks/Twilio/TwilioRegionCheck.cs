using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>The auth tokens are those of the region in the settings: another region's token signs other webhooks.</summary>
internal sealed class TwilioRegionCheck : IDoctorCheck
{
    public string Id => CheckNames.TwilioRegion;

    public IReadOnlyList<string> Needs => [CheckNames.TwilioAccount];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) =>
        Task.FromResult(visit switch
        {
            { Settings.Twilio: null } => Finding.Skipped($"{SettingNames.TwilioEnabled} is false"),
            { OtherRegions: { Count: > 0 } others } => Finding.Fail(
                $"the auth token of {others.First().Key} is the one of the region {others.First().Value}, and the settings say "
                    + $"{RegionOf(visit, others.First().Key)}",
                $"set {SettingNames.TwilioRegion}, or the account's region in {SettingNames.TwilioAccounts}, to {others.First().Value}; "
                    + $"or use the token of {RegionOf(visit, others.First().Key)}"),
            _ => Finding.Ok(string.Join(", ", visit.Settings.Twilio.Accounts.Select(account => account.Region ?? "us1").Distinct())),
        });

    private static string RegionOf(DoctorVisit visit, string sid) =>
        visit.Settings.Twilio!.Accounts.First(account => account.AccountSid == sid).Region ?? "us1";
}
