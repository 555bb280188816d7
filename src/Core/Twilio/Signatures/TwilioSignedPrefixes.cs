using System.Buffers;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// The forms of PUBLIC_URL that Twilio may have signed. Twilio is inconsistent about the default port, so every form is tried.
/// </summary>
internal static class TwilioSignedPrefixes
{
    private static readonly SearchValues<char> NeverInIt = SearchValues.Create("? \t\r\n\\");

    /// <summary>
    /// The first form is scheme, host and path prefix as configured. The second one has the port removed, or the scheme's default port
    /// added. User info and fragment are left out, as Twilio does. Trailing slashes are left out because every target begins with one.
    /// </summary>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL, or has a query.</exception>
    public static byte[][] Of(string publicUrl)
    {
        if (!Uri.TryCreate(publicUrl, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || !publicUrl.StartsWith($"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase)
            || publicUrl.AsSpan().ContainsAny(NeverInIt))
        {
            throw new ArgumentException(
                "PUBLIC_URL must be an absolute http or https URL without a query, such as https://voice.example.com.", nameof(publicUrl));
        }

        var url = publicUrl.Split('#')[0];
        var authorityStart = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var pathStart = url.IndexOf('/', authorityStart) is var slash and >= 0 ? slash : url.Length;

        var scheme = url[..authorityStart];
        var authority = url[authorityStart..pathStart];
        var path = url[pathStart..].TrimEnd('/');

        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = host.LastIndexOf(':');
        string[] hosts = colon > host.LastIndexOf(']')
            ? [host, host[..colon]]
            : [host, $"{host}:{(uri.Scheme == "https" ? 443 : 80)}"];

        return [.. hosts.Select(form => Encoding.UTF8.GetBytes(scheme + form + path))];
    }
}
