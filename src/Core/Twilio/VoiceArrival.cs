using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio asks what to do with a call. Printing one shows masks, never an address or a name.</summary>
/// <param name="CallSid">The caller's own leg.</param>
/// <param name="AccountSid">The account that owns the number, as sent; <c>null</c> where it was not sent.</param>
/// <param name="From">Who calls.</param>
/// <param name="To">What was called.</param>
/// <param name="Direction">Who made the leg.</param>
/// <param name="CallStatus">Where the leg stands; <see cref="TwilioCallStatus.Ringing"/> when Twilio asks for the first time.</param>
/// <param name="StirVerstat">What STIR/SHAKEN says about the caller's number, as sent; <c>null</c> where it was not sent.</param>
/// <param name="ForwardedFrom">The number that the call was forwarded from; <c>null</c> where it was not sent.</param>
/// <param name="CallerName">The name that Twilio looked up; <c>null</c> where it was not sent.</param>
public sealed record VoiceArrival(
    CallSid CallSid,
    string? AccountSid,
    CallerAddress From,
    CallerAddress To,
    TwilioDirection Direction,
    TwilioCallStatus CallStatus,
    string? StirVerstat,
    CallerAddress? ForwardedFrom,
    string? CallerName)
{
    /// <summary>Whether the caller's carrier vouches that the caller may use this number: full attestation, and nothing less.</summary>
    public bool IsFromProven => StirVerstat == "TN-Validation-Passed-A";

    /// <summary>Reads an authentic form. Only a CallSid is demanded; <paramref name="reason"/> says in one sentence what is wrong with it.</summary>
    public static bool TryParse(TwilioForm form, [NotNullWhen(true)] out VoiceArrival? arrival, [NotNullWhen(false)] out string? reason)
    {
        arrival = TwilioFields.TryReadCallSid(form, out var callSid, out reason)
            ? new VoiceArrival(
                callSid,
                TwilioFields.OptionalText(form, "AccountSid"),
                From: CallerAddress.Parse(form["From"]),
                To: CallerAddress.Parse(form["To"]),
                TwilioFields.Direction(form["Direction"]),
                TwilioFields.CallStatus(form["CallStatus"]),
                TwilioFields.OptionalText(form, "StirVerstat"),
                TwilioFields.OptionalText(form, "ForwardedFrom") is { } forwardedFrom ? CallerAddress.Parse(forwardedFrom) : null,
                TwilioFields.OptionalText(form, "CallerName"))
            : null;
        return arrival is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CallSid} from {From} to {To}";
}
