using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>
/// Finds the numbers that shall reach the gateway: the one that was named; else those whose voice webhook is the gateway's or that a route
/// names; else the only one there is.
/// </summary>
internal sealed class TwilioNumberCheck : IDoctorCheck
{
    public string Id => CheckNames.TwilioNumber;

    public IReadOnlyList<string> Needs => [CheckNames.PublicUrl, CheckNames.TwilioRegion];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.Twilio is not { Accounts: var accounts })
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        var all = new List<OwnNumber>();
        foreach (var account in accounts)
        {
            if (await visit.Twilio(account).NumbersAsync(visit.Options.Number, cancellationToken) is not { } told)
            {
                return Finding.Fail(
                    $"Twilio does not list the numbers of {account.AccountSid}", "try again; status.twilio.com shows outages");
            }

            all.AddRange(told);
        }

        var named = all.Where(number => number.Number == visit.Options.Number).ToList();
        var ours = all.Where(number => UrlSetting.IsAt(visit.Settings, number.VoiceUrl)
            || visit.Settings.Routes.IsOwn(number.Number)).ToList();
        visit.Numbers = visit.Options.Number is not null ? named : ours.Count > 0 ? ours : all.Count == 1 ? all : [];
        return visit.Numbers switch
        {
            [_, ..] numbers when numbers.FirstOrDefault(number => !number.HasVoice) is { } mute => Finding.Fail(
                $"{mute.Number} cannot take calls: it has no voice", "use a number with voice, and name it with --number"),
            [_, ..] numbers => Finding.Ok(string.Join(", ", numbers.Select(number => number.Number))),
            [] when visit.Options.Number is { } asked => Finding.Fail(
                $"{asked} is not a number of {string.Join(", ", accounts)}",
                "twilio api:core:incoming-phone-numbers:list shows your numbers"),
            [] when all.Count == 0 => Finding.Fail(
                $"{string.Join(", ", accounts)} has no phone number",
                "buy one with voice: twilio phone-numbers:buy:local --country-code US"),
            [] => Finding.Fail(
                $"none of {all.Count} numbers points at the gateway, and no route names one", "name one: doctor --number +1… --fix"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
