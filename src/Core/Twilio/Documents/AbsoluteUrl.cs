namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>A relative URL in TwiML would resolve against the request and lose its query; only absolute ones are written.</summary>
internal static class AbsoluteUrl
{
    public static string Require(string url, string parameterName) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? url
            : throw new ArgumentException("Must be an absolute http or https URL.", parameterName);
}
