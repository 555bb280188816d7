using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>
/// Reads the SIP status with which a phone or its network answered, where LiveKit's API names it. Such an answer is final, whatever its
/// HTTP status: a busy phone gives 429, which otherwise means that the request may be made again.
/// </summary>
internal static class SipRefusal
{
    private const string StatusCode = "sip_status_code";

    /// <summary>What came of the call, a word of <see cref="EndCause"/>; <c>null</c> where the error is not the phone's.</summary>
    public static string? Of(LiveKitError? error) =>
        error?.Meta.GetValueOrDefault(StatusCode) is not { Length: > 0 } code ? null : code switch
        {
            "486" or "600" => EndCause.Busy,
            "408" or "480" or "487" => EndCause.NoAnswer,
            "401" or "402" or "403" or "407" or "603" or "607" or "608" => EndCause.Rejected,
            _ => EndCause.Failed,
        };
}
