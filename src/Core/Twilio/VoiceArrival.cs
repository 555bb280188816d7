using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's voice webhook: an inbound call that needs an answer. Printing one shows masks, never an address or a name.</summary>
/// <param name="CallSid">The caller's own leg.</param>
/// <param name="AccountSid">The account that owns the number, as sent; <c>null</c> if it was not sent.</param>
/// <param name="From">The caller's address.</param>
/// <param name="To">The called address.</param>
/// <param name="CallStatus">The leg's status; <see cref="TwilioCallStatus.Ringing"/> in the first request.</param>
public sealed record VoiceArrival(
    CallSid CallSid,
    string? AccountSid,
    CallerAddress From,
    CallerAddress To,
    TwilioCallStatus CallStatus)
{
    /// <summary>Reads an authentic form. Only the CallSid is required; <paramref name="reason"/> says what is wrong with it.</summary>
    public static bool TryParse(TwilioForm form, [NotNullWhen(true)] out VoiceArrival? arrival, [NotNullWhen(false)] out string? reason)
    {
        arrival = TwilioFields.TryReadCallSid(form, out var callSid, out reason)
            ? new VoiceArrival(
                callSid,
                TwilioFields.OptionalText(form, "AccountSid"),
                From: CallerAddress.Parse(form["From"]),
                To: CallerAddress.Parse(form["To"]),
                TwilioFields.CallStatus(form["CallStatus"]))
            : null;
        return arrival is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CallSid} from {From} to {To}";
}
