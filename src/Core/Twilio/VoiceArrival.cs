using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's voice webhook: a call that needs TwiML. Printing one shows masks, never an address or a name.</summary>
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
    /// <summary>Which way the call goes. A call that was made over Twilio's API asks for its TwiML as one that came in.</summary>
    public CallDirection Direction { get; private init; }

    /// <summary>What the network says about the caller's number; <c>null</c> where Twilio named nothing.</summary>
    public string? Verdict { get; private init; }

    /// <summary>Our own side: the called address, or the one from which we called.</summary>
    public CallerAddress Own => Direction == CallDirection.Outbound ? From : To;

    /// <summary>The far side.</summary>
    public CallerAddress Far => Direction == CallDirection.Outbound ? To : From;

    /// <summary>What its route is looked up by.</summary>
    public RouteQuery Query => new(Own.Text) { Caller = Far.Text };

    /// <summary>Reads an authentic form. Only the CallSid is required; <paramref name="reason"/> says what is wrong with it.</summary>
    public static bool TryParse(
        TwilioForm form,
        [NotNullWhen(true)] out VoiceArrival? arrival,
        [NotNullWhen(false)] out string? reason,
        NumberReader? numbers = null)
    {
        arrival = TwilioFields.TryReadCallSid(form, out var callSid, out reason)
            ? new VoiceArrival(
                callSid,
                TwilioFields.OptionalText(form, "AccountSid"),
                From: CallerAddress.Parse(form["From"], numbers),
                To: CallerAddress.ParseCalled(form["To"], numbers),
                TwilioFields.CallStatus(form["CallStatus"]))
            {
                Direction = TwilioFields.Direction(form["Direction"]),
                Verdict = form["StirVerstat"] is { Length: > 0 } stated ? CallerVerdict.Of(stated) : null,
            }
            : null;
        return arrival is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CallSid} from {From} to {To}";
}
