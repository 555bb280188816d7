namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>Requires absolute URLs in TwiML. Twilio resolves a relative one against the request and drops its query.</summary>
internal static class AbsoluteUrl
{
    public static string Require(string url, string parameterName) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? url
            : throw new ArgumentException("Must be an absolute http or https URL.", parameterName);
}
