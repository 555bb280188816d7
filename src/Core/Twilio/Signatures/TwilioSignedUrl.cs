using System.Buffers;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// The part of the signed URL that comes before the target: scheme, host, port and path prefix of PUBLIC_URL. User info and fragment are
/// left out, as Twilio does. Trailing slashes are left out because every target begins with one.
/// </summary>
/// <param name="Scheme">The scheme as written, without <c>://</c>.</param>
/// <param name="Host">The host as written, an IPv6 address in brackets.</param>
/// <param name="Port">The port; <c>null</c> where none is written.</param>
/// <param name="Path">The path prefix, without a slash at its end; empty for none.</param>
internal sealed record TwilioSignedUrl(string Scheme, string Host, string? Port, string Path)
{
    private static readonly SearchValues<char> NeverInIt = SearchValues.Create("? \t\r\n\\");

    /// <summary>
    /// The forms that Twilio may have signed. Twilio is inconsistent about the port, so there are two: as written, and with the port
    /// removed or the scheme's default port added.
    /// </summary>
    public byte[][] Prefixes =>
    [
        Encoding.UTF8.GetBytes($"{Scheme}://{Host}{(Port is null ? "" : $":{Port}")}{Path}"),
        Encoding.UTF8.GetBytes($"{Scheme}://{Host}{(Port is null ? $":{DefaultPort}" : "")}{Path}"),
    ];

    /// <summary>The port that the scheme stands for.</summary>
    public int DefaultPort => Scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? 443 : 80;

    /// <summary>
    /// The same URL with its host in capitals as people write them: <c>Voice.Example.com</c>, <c>Voice.example.com</c>, and so on.
    /// A host is the same in any case, but a signature is not. There are at most eight.
    /// </summary>
    public IEnumerable<TwilioSignedUrl> Spellings
    {
        get
        {
            var labels = Host.ToLowerInvariant().Split('.');
            if (labels[^1].Any(character => !char.IsAsciiLetter(character) && character != '-'))
            {
                return [];
            }

            string[] hosts =
            [
                string.Join('.', [.. labels.SkipLast(1).Select(Capital), labels[^1]]),
                string.Join('.', [Capital(labels[0]), .. labels.Skip(1)]),
                string.Join('.', labels.Select(Capital)),
                string.Join('.', [.. labels.SkipLast(1).Select(Capitals), labels[^1]]),
                string.Join('.', [Capitals(labels[0]), .. labels.Skip(1)]),
                string.Join('.', labels.Select(Capitals)),
                Host.ToUpperInvariant(),
                Host.ToLowerInvariant(),
            ];
            return hosts.Distinct(StringComparer.Ordinal).Where(host => host != Host).Select(host => this with { Host = host });
        }
    }

    /// <summary>Reads a URL.</summary>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL, or has a query.</exception>
    public static TwilioSignedUrl Of(string publicUrl)
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
        var authorityStart = uri.Scheme.Length + "://".Length;
        var pathStart = url.IndexOf('/', authorityStart) is var slash and >= 0 ? slash : url.Length;
        var authority = url[authorityStart..pathStart];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        return new TwilioSignedUrl(
            url[..uri.Scheme.Length],
            hasPort ? authority[..colon] : authority,
            hasPort ? authority[(colon + 1)..] : null,
            url[pathStart..].TrimEnd('/'));
    }

    /// <summary>The same URL with its host as a header spells it; <c>null</c> where the header names another host, or none.</summary>
    public TwilioSignedUrl? SpeltLike(string? header) =>
        header is not null
        && header.StartsWith(Host, StringComparison.OrdinalIgnoreCase)
        && (header.Length == Host.Length || header[Host.Length] == ':')
            ? this with { Host = header[..Host.Length] }
            : null;

    private static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Capitals(string label) => string.Join('-', label.Split('-').Select(Capital));
}
