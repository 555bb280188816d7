using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;

namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>The attributes that LiveKit SIP gives the participant of an inbound call.</summary>
internal static class SipAttributes
{
    public static SortedDictionary<string, string> Of(SipLeg leg, SipTrunk trunk, Chance chance)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [LiveKitAttributes.SipCallId] = leg.CallId,
            [LiveKitAttributes.SipCallIdFull] = chance.Sid("") + "@sip.example.com",
            [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Ringing,
            ["sip.callTag"] = chance.Id("tag", 16)[3..],
            ["sip.hostname"] = "sip.example.com",
            [LiveKitAttributes.SipPhoneNumber] = leg.Call.From,
            [LiveKitAttributes.SipRuleId] = trunk.Rule.Id,
            [LiveKitAttributes.SipTrunkId] = trunk.Id,
            [LiveKitAttributes.SipTrunkPhoneNumber] = leg.Call.To,
        };
        foreach (var (name, value) in trunk.Rule.Attributes)
        {
            attributes[name] = value;
        }

        foreach (var (name, value) in leg.Call.Headers)
        {
            if (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            {
                attributes[LiveKitAttributes.SipHeader(name)] = value;
            }

            if (name.Equals("X-Twilio-CallSid", StringComparison.OrdinalIgnoreCase))
            {
                attributes[LiveKitAttributes.TwilioCallSid] = value;
            }
            else if (name.Equals("X-Twilio-AccountSid", StringComparison.OrdinalIgnoreCase))
            {
                attributes[LiveKitAttributes.TwilioAccountSid] = value;
            }
        }

        return attributes;
    }
}
