using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Which conversation of a CallSid a request of Twilio is about: an IVR can send one caller to the gateway again and again. The first one's
/// URLs have no query; those of a later one name its call.
/// </summary>
internal static class TwilioPass
{
    private const string Name = "call=";

    /// <summary>What the URLs of a call's Dial end in; empty for a CallSid's first conversation.</summary>
    public static string SuffixOf(CallId callId, CallSid callSid) => callId == CallId.ForTwilio(callSid.Value) ? "" : $"?{Name}{callId}";

    /// <summary>The call that a signed request is about.</summary>
    public static CallId CallOf(ReadOnlySpan<char> query, CallSid callSid) =>
        query.StartsWith(Name) && CallId.TryParse(query[Name.Length..].ToString(), out var callId)
            ? callId
            : CallId.ForTwilio(callSid.Value);
}
