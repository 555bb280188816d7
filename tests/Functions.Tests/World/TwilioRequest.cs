using System.Text;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Functions.Tests.Http;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>Twilio's requests about one call, signed as Twilio signs them.</summary>
internal static class TwilioRequest
{
    public const string CallSid = "CA00000000000000000000000000000001";

    private const string Fields = $"AccountSid=AC00000000000000000000000000000000&From=%2B15550100001&To=%2B15550100002";

    /// <summary>The first request of the call.</summary>
    public static TestRequest Arrival(string signedUrl, string? url = null) =>
        Signed(signedUrl, url, $"CallSid={CallSid}&{Fields}&CallStatus=ringing&Direction=inbound");

    /// <summary>The status callback that ends Twilio's leg to LiveKit.</summary>
    public static TestRequest LiveKitLegEnded(string signedUrl) => Signed(
        signedUrl,
        null,
        $"CallSid=CA00000000000000000000000000000002&ParentCallSid={CallSid}&{Fields}&CallStatus=completed&Direction=outbound-dial"
            + "&SequenceNumber=3&CallbackSource=call-progress-events");

    private static TestRequest Signed(string signedUrl, string? url, string form)
    {
        var body = Encoding.UTF8.GetBytes(form);
        var signature = TwilioSignature.Sign(signedUrl, TwilioForm.Parse(body), Settings.Complete[SettingNames.TwilioAuthToken]);
        return new TestRequest(
            "POST", url ?? signedUrl, body, ("Content-Type", "application/x-www-form-urlencoded"), ("X-Twilio-Signature", signature));
    }
}
