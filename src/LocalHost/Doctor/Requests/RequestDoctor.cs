using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Says why a saved request of Twilio or LiveKit is refused by a gateway with these settings.</summary>
internal static class RequestDoctor
{
    /// <summary>Looks into a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">The gateway's settings.</param>
    /// <param name="now">This machine's time.</param>
    /// <param name="at">When it was refused; <c>null</c> where nobody says.</param>
    public static RequestDiagnosis Of(SavedRequest request, GatewaySettings settings, DateTimeOffset now, DateTimeOffset? at)
    {
        var isTwilio = request.Headers.ContainsKey(TwilioSignature.HeaderName);
        var isLiveKit = request.Headers.ContainsKey("Authorization");
        if (!isTwilio && !isLiveKit)
        {
            var isTwilios = request.Target.Contains("/twilio/", StringComparison.OrdinalIgnoreCase);
            return new RequestDiagnosis(
                "nobody",
                IsAccepted: false,
                "unsigned",
                $"it has no signature: neither {TwilioSignature.HeaderName} nor Authorization",
                isTwilios
                    ? $"if Twilio sent it, something on the way removes {TwilioSignature.HeaderName}: let it pass"
                    : "if LiveKit sent it, something on the way removes Authorization, such as a login: let it pass");
        }

        if (request.Missing > 0)
        {
            return new RequestDiagnosis(
                isTwilio ? "twilio" : "livekit",
                IsAccepted: false,
                "cut",
                $"its body is incomplete: by its Content-Length, {request.Missing} bytes are missing",
                "save the whole request, or raise the limit of the proxy in front of the gateway");
        }

        return isTwilio ? TwilioRequest.Of(request, settings, now) : LiveKitRequest.Of(request, settings, now, at);
    }
}
