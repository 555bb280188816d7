using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio asks what to do with a call. Printing one shows masks, never an address or a name.</summary>
/// <param name="CallSid">The caller's own leg.</param>
/// <param name="AccountSid">The account that owns the number, as sent; <c>null</c> where it was not sent.</param>
/// <param name="From">Who calls.</param>
/// <param name="To">What was called.</param>
/// <param name="CallStatus">Where the leg stands; <see cref="TwilioCallStatus.Ringing"/> when Twilio asks for the first time.</param>
public sealed record VoiceArrival(
    CallSid CallSid,
    string? AccountSid,
    CallerAddress From,
    CallerAddress To,
    TwilioCallStatus CallStatus)
{
    /// <summary>Reads an authentic form. Only a CallSid is demanded; <paramref name="reason"/> says in one sentence what is wrong with it.</summary>
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
