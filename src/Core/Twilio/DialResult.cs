using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>The request of a Dial's action URL: how the Dial ended. The answer is what the call does next.</summary>
/// <param name="CallSid">The caller's own leg.</param>
/// <param name="Status">How it ended.</param>
/// <param name="DialCallSid">The leg that was dialled; <c>null</c> if Twilio created none.</param>
/// <param name="DialBridged">Whether the two legs were connected; <c>null</c> if Twilio did not send it.</param>
/// <param name="SipResponseCode">The final SIP status of the dialled leg; <c>null</c> if there was none.</param>
public sealed record DialResult(
    CallSid CallSid,
    TwilioDialStatus Status,
    CallSid? DialCallSid,
    bool? DialBridged,
    int? SipResponseCode)
{
    /// <summary>How long the dialled leg was connected, in seconds (<c>DialCallDuration</c>); <c>null</c> if Twilio did not say.</summary>
    public int? Seconds { get; init; }

    /// <summary>
    /// Whether the caller was ever connected to the other side: Twilio's <c>DialBridged</c>. Without it, whether the other side answered.
    /// </summary>
    public bool WasBridged => DialBridged ?? Status is TwilioDialStatus.Completed or TwilioDialStatus.Answered;

    /// <summary>Reads an authentic form. Only the CallSid is required; <paramref name="reason"/> says what is wrong with it.</summary>
    public static bool TryParse(TwilioForm form, [NotNullWhen(true)] out DialResult? result, [NotNullWhen(false)] out string? reason)
    {
        result = TwilioFields.TryReadCallSid(form, out var callSid, out reason)
            ? new DialResult(
                callSid,
                TwilioFields.DialStatus(form["DialCallStatus"]),
                CallSid.TryParse(form["DialCallSid"], out var dialCallSid) ? dialCallSid : null,
                TwilioFields.OptionalFlag(form, "DialBridged"),
                TwilioFields.OptionalNumber(form, "DialSipResponseCode"))
            {
                Seconds = TwilioFields.OptionalNumber(form, "DialCallDuration"),
            }
            : null;
        return result is not null;
    }
}
