using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>
/// Twilio takes each account's auth token, and the account is active. A token that only another region takes is the region's fault.
/// </summary>
internal sealed class TwilioAccountCheck : IDoctorCheck
{
    private static readonly string[] Regions = ["us1", "ie1", "au1"];

    public string Id => CheckNames.TwilioAccount;

    public IReadOnlyList<string> Needs => [CheckNames.Settings];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.Twilio is not { Accounts: var accounts })
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        var trials = new List<string>();
        foreach (var account in accounts)
        {
            var rest = visit.Twilio(account);
            var reply = await rest.AccountAsync(null, cancellationToken);
            if (reply.Status is 401 or 403)
            {
                foreach (var region in Regions.Where(region => region != (account.Region ?? "us1")))
                {
                    if (await rest.AccountAsync(region, cancellationToken) is { Status: 200 } other)
                    {
                        visit.OtherRegions[account.AccountSid] = region;
                        reply = other;
                        break;
                    }
                }
            }

            var finding = Of(account.AccountSid, reply);
            if (finding is not null)
            {
                return finding;
            }

            if (reply.Text("type") == "Trial")
            {
                trials.Add(account.AccountSid);
            }
        }

        return trials.Count > 0
            ? Finding.Warn(
                $"{string.Join(", ", trials)} is a trial account: Twilio tells every caller so, and calls only verified numbers",
                "upgrade the account in Twilio's console, or verify the numbers that you call")
            : Finding.Ok($"Twilio accepts the auth token of {string.Join(", ", accounts.Select(account => account.AccountSid))}");
    }

    private static Finding? Of(string sid, TwilioReply reply) => reply switch
    {
        { Status: 200 } when reply.Text("status") is "active" or "" => null,
        { Status: 200 } => Finding.Fail($"the account {sid} is {reply.Text("status")}", "see Twilio's console, under billing"),
        { Status: 401 or 403 or 404 } => Finding.Fail(
            $"Twilio refuses the auth token of {sid}: it belongs to another account, or it was replaced",
            $"copy {SettingNames.TwilioAuthToken} from Twilio's console; a subaccount has its own token, and an API key is not a token"),
        { Status: 0 } => Finding.Fail(
            "Twilio's API cannot be reached", $"let this machine reach https://api.twilio.com, and check {SettingNames.TwilioEdge}"),
        _ => Finding.Fail($"Twilio's API answers with {reply.Status}", "try again; status.twilio.com shows outages"),
    };
}
