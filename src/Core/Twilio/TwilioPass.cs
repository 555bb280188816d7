using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Which conversation of a CallSid a request of Twilio is about: an IVR can send one caller to the gateway again and again. The queries of
/// a later one's URLs begin with its call; those of the first do not.
/// </summary>
internal static class TwilioPass
{
    private const string Name = "call=";
    private const int Length = 5 + CallId.Length;

    /// <summary>What stands in the URLs of a call; <c>null</c> for a CallSid's first conversation.</summary>
    public static CallId? Of(CallId callId, string callSid) => callId == CallId.ForTwilio(callSid) ? null : callId;

    /// <summary>A query with a conversation; empty or as it is for the first one.</summary>
    public static string QueryOf(CallId? pass, string query = "") => (pass, query) switch
    {
        (null, _) => query,
        (_, "") => $"{Name}{pass}",
        _ => $"{Name}{pass}&{query}",
    };

    /// <summary>The conversation of a signed request, <c>null</c> for the first one, and what else stands in its query.</summary>
    public static CallId? Read(ReadOnlySpan<char> query, out ReadOnlySpan<char> rest)
    {
        rest = query;
        if (query.Length < Length || !query.StartsWith(Name) || !CallId.TryParse(query[Name.Length..Length].ToString(), out var pass))
        {
            return null;
        }

        rest = query.Length == Length ? [] : query[(Length + 1)..];
        return query.Length == Length || query[Length] == '&' ? pass : null;
    }
}
