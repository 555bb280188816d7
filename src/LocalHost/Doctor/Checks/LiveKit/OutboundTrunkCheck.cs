using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>The outbound trunk of the settings is there: over it LiveKit calls humans, and the phones of <c>POST /calls</c>.</summary>
internal sealed class OutboundTrunkCheck : IDoctorCheck
{
    public string Id => CheckNames.OutboundTrunk;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitKeys];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.SipOutboundTrunkId is not { } id)
        {
            return Finding.Skipped($"{SettingNames.LiveKitSipOutboundTrunkId} is not set: LiveKit calls no phones");
        }

        var listed = await visit.SipSetup.ListOutboundTrunkIdsAsync(cancellationToken);
        return listed switch
        {
            LiveKitOutcome<IReadOnlyList<string>>.Ok(var ids) when ids.Contains(id) => Finding.Ok($"{id} is there"),
            LiveKitOutcome<IReadOnlyList<string>>.Ok => Finding.Fail(
                $"{SettingNames.LiveKitSipOutboundTrunkId} names {id}, and this project has no such outbound trunk",
                "copy the id from lk sip outbound list"),
            _ => Finding.Fail($"LiveKit's list of trunks answers {Words.Of(listed)}", "use an API key with the SIP admin grant"),
        };
    }
}
