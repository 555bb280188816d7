using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Sip;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>
/// LiveKit has the inbound trunks that calls need: for Twilio's calls one that takes every called user, because they dial a call's id and
/// no number; and those that the settings name.
/// </summary>
internal sealed class InboundTrunkCheck : IDoctorCheck
{
    private const string Name = "voicefunctions-twilio";

    public string Id => CheckNames.InboundTrunk;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitKeys];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var listed = await visit.SipSetup.ListInboundTrunksAsync(cancellationToken);
        if (listed is not LiveKitOutcome<IReadOnlyList<LiveKitInboundTrunk>>.Ok(var trunks))
        {
            return Finding.Fail(
                $"LiveKit's list of trunks answers {Words.Of(listed)}",
                "use an API key with the SIP admin grant; a self-hosted server needs livekit-sip and Redis");
        }

        var unknown = visit.Settings.SipTrunkIds.Where(id => trunks.All(trunk => trunk.Id != id)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return Finding.Fail(
                $"{SettingNames.LiveKitSipTrunkIds} names {string.Join(", ", unknown)}, and this project has no such inbound trunk",
                "copy the ids from lk sip inbound list");
        }

        return visit.Settings.Twilio is null ? OwnTrunks(trunks) : TwilioTrunk(visit, trunks);
    }

    private static Finding OwnTrunks(IReadOnlyList<LiveKitInboundTrunk> trunks) => trunks.Count > 0
        ? Finding.Ok($"{trunks.Count} inbound trunk{(trunks.Count == 1 ? "" : "s")}")
        : Finding.Fail(
            "this project has no inbound trunk, so no call can come in",
            """lk sip inbound create TRUNK.json with {"trunk": {"name": "mine", "numbers": ["+1…"], "allowed_addresses": ["…"]}}""");

    private static Finding TwilioTrunk(DoctorVisit visit, IReadOnlyList<LiveKitInboundTrunk> trunks)
    {
        var credentials = visit.Settings.Twilio!.Credentials;
        visit.Trunk = trunks.Where(trunk => trunk.TakesEveryUser)
            .OrderByDescending(trunk => trunk.Username == credentials?.Username)
            .FirstOrDefault();
        if (visit.Trunk is { } found)
        {
            return found.AllowedNumbers.Count > 0
                ? Finding.Fail(
                    $"the trunk {found.Id} accepts only some callers (allowed_numbers)",
                    $"lk sip inbound update --id {found.Id}: remove allowed_numbers")
                : found.IncludeHeaders is "SIP_X_HEADERS" or "SIP_ALL_HEADERS"
                ? Finding.Ok($"{found.Id} takes Twilio's calls")
                : Finding.Warn(
                    $"{found.Id} accepts calls from Twilio, but does not pass their headers on to the gateway and the agent",
                    "set include_headers of the trunk to SIP_X_HEADERS");
        }

        const string Json = "{\"trunk\": {\"name\": \"voicefunctions-twilio\", \"auth_username\": \"…\", \"auth_password\": \"…\", "
            + "\"include_headers\": \"SIP_X_HEADERS\"}}";
        var numbered = trunks.FirstOrDefault(trunk => trunk.Username.Length > 0 && trunk.Username == credentials?.Username);
        return Finding.Fail(
            numbered is null
                ? "no inbound trunk accepts calls from Twilio; it must have no numbers, because Twilio dials a call's id"
                : $"the trunk {numbered.Id} accepts only calls to its numbers, and Twilio dials a call's id, which is no number",
            credentials is null
                ? $"set {SettingNames.LiveKitSipUsername} and {SettingNames.LiveKitSipPassword} to what you like, then run doctor --fix"
                : (numbered is null ? "" : $"remove the numbers of {numbered.Id}, or create a trunk without numbers: ")
                    + $"run doctor --fix, or lk sip inbound create TRUNK.json with {Json}") with
        {
            Repair = credentials is null ? null : new Repair(
                $"create the inbound trunk '{Name}' at LiveKit, with the credentials of the settings",
                async stop => await visit.SipSetup.CreateInboundTrunkAsync(Name, credentials, stop) is var made
                    && made is LiveKitOutcome<LiveKitInboundTrunk>.Ok ? null : $"LiveKit answers {Words.Of(made)}"),
        };
    }
}
