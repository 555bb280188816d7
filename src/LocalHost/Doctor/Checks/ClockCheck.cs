using VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

namespace VoiceFunctions.LocalHost.Doctor.Checks;

/// <summary>This machine's clock agrees with the servers': LiveKit's tokens are valid for minutes, with a minute of leeway.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    public string Id => CheckNames.Clock;

    public IReadOnlyList<string> Needs => [CheckNames.Settings];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        (string Who, string Url)[] others =
        [
            ("LiveKit", visit.Settings.LiveKitHost.BaseUri.AbsoluteUri),
            ("the gateway", visit.Gateway("healthz")),
            ("Twilio", visit.Environment(TwilioRest.TestUrl) ?? "https://api.twilio.com/"),
        ];
        foreach (var (who, url) in others)
        {
            var answer = await Probe.GetAsync(visit, url, cancellationToken);
            if (answer.Date is { } theirs)
            {
                return Of(who, visit.Time.GetUtcNow() - theirs);
            }
        }

        return Finding.Warn("no server answered with its time, so this clock could not be compared", "see the checks below");
    }

    private static Finding Of(string who, TimeSpan ahead)
    {
        var found = $"this clock is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} that of {who}";
        const string Change = "set the clock of this machine by NTP: timedatectl set-ntp true";
        return ahead.Duration() >= Leeway ? Finding.Fail($"{found}; tokens and webhooks are refused", Change)
            : ahead.Duration() >= Noticeable ? Finding.Warn(found, Change)
            : Finding.Ok($"agrees with that of {who}");
    }
}
