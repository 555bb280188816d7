using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Reads single fields of a form. An optional field that is not valid reads as missing. A reason never contains a value.</summary>
internal static class TwilioFields
{
    public static bool TryReadCallSid(TwilioForm form, [NotNullWhen(true)] out CallSid? callSid, [NotNullWhen(false)] out string? reason)
    {
        reason = TryReadOptionalCallSid(form, "CallSid", out callSid, out var malformed) && callSid is null
            ? "CallSid is missing."
            : malformed;
        return callSid is not null;
    }

    /// <summary>A missing field and an empty field are both <c>null</c>. An invalid one is an error.</summary>
    public static bool TryReadOptionalCallSid(TwilioForm form, string name, out CallSid? callSid, [NotNullWhen(false)] out string? reason)
    {
        var isReadable = CallSid.TryParse(form[name], out callSid) || string.IsNullOrEmpty(form[name]);
        reason = isReadable ? null : $"{name} is not CA and 32 hexadecimal digits.";
        return isReadable;
    }

    public static string? OptionalText(TwilioForm form, string name) => form[name] is { Length: > 0 } text ? text : null;

    public static int? OptionalNumber(TwilioForm form, string name) =>
        int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? OptionalFlag(TwilioForm form, string name) => bool.TryParse(form[name], out var flag) ? flag : null;

    /// <summary><c>outbound-api</c>, <c>outbound-dial</c> and whatever else begins so; anything else is inbound.</summary>
    public static CallDirection Direction(string? text) =>
        text?.StartsWith("outbound", StringComparison.Ordinal) == true ? CallDirection.Outbound : CallDirection.Inbound;

    public static CallParties Parties(TwilioForm form) => CallParties.Of(form["From"], form["To"], Direction(form["Direction"]));

    public static TwilioCallStatus CallStatus(string? text) => text switch
    {
        "queued" => TwilioCallStatus.Queued,
        "initiated" => TwilioCallStatus.Initiated,
        "ringing" => TwilioCallStatus.Ringing,
        "in-progress" => TwilioCallStatus.InProgress,
        "completed" => TwilioCallStatus.Completed,
        "busy" => TwilioCallStatus.Busy,
        "failed" => TwilioCallStatus.Failed,
        "no-answer" => TwilioCallStatus.NoAnswer,
        "canceled" => TwilioCallStatus.Canceled,
        _ => TwilioCallStatus.Unknown,
    };

    public static TwilioDialStatus DialStatus(string? text) => text switch
    {
        "completed" => TwilioDialStatus.Completed,
        "answered" => TwilioDialStatus.Answered,
        "busy" => TwilioDialStatus.Busy,
        "no-answer" => TwilioDialStatus.NoAnswer,
        "failed" => TwilioDialStatus.Failed,
        "canceled" => TwilioDialStatus.Canceled,
        _ => TwilioDialStatus.Unknown,
    };
}
