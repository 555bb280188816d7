namespace VoiceFunctions.Simulator.Twilio;

/// <summary>How a Dial ended.</summary>
/// <param name="Status">Twilio's status: completed, busy, no-answer, failed or canceled.</param>
/// <param name="CallSid">The leg that was dialled.</param>
/// <param name="Duration">The time from the answer to the end.</param>
/// <param name="IsBridged">Whether it was answered and the caller put through.</param>
/// <param name="SipStatus">The final SIP status; <c>null</c> if it was no SIP leg.</param>
internal sealed record DialEnd(string Status, string CallSid, TimeSpan Duration, bool IsBridged, int? SipStatus)
{
    /// <summary>Twilio's status for a final SIP status other than 200.</summary>
    public static string StatusOf(int sipStatus) => sipStatus switch
    {
        486 or 600 => "busy",
        408 or 480 => "no-answer",
        487 => "canceled",
        _ => "failed",
    };
}
