using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Settings;

/// <summary>
/// A pasted URL. Names of schemes and hosts know no case and a host is the same with a dot at its end, so that is repaired. A URL with a
/// blank, a backslash or anything else that browsers mend and machines do not is refused.
/// </summary>
/// <param name="Text">The URL as it is used.</param>
/// <param name="AsWritten">The same with the capitals that it was written in.</param>
/// <param name="Repair">What was repaired, as the end of a sentence; <c>null</c> for nothing.</param>
internal sealed partial record WebAddress(string Text, string AsWritten, string? Repair)
{
    /// <summary>The paths to which people complete a gateway's URL. The operator's <c>calls</c> may be somebody's prefix.</summary>
    private static readonly string[] OurPaths =
    [
        .. GatewayRoutes.All
            .Where(route => !route.Template.Contains('{', StringComparison.Ordinal))
            .Where(route => route.Access is RouteAccess.Open or RouteAccess.Twilio or RouteAccess.LiveKit or RouteAccess.Token)
            .Select(route => route.Template),
    ];

    /// <summary>Reads a URL with any of these schemes; <c>null</c> where it is none, with what is wrong as the end of a sentence.</summary>
    public static WebAddress? Read(string text, IReadOnlyList<string> schemes, out string fault)
    {
        fault = text.Contains('\\', StringComparison.Ordinal) ? "must not contain a backslash"
            : text.Contains(' ', StringComparison.Ordinal) ? "must not contain a blank"
            : "";
        var parts = Pattern().Match(text);
        if (fault.Length > 0 || !parts.Success)
        {
            return null;
        }

        var scheme = parts.Groups["scheme"].Value.ToLowerInvariant();
        var host = HostOf(parts.Groups["host"].Value);
        var port = parts.Groups["port"].Value;
        var path = parts.Groups["path"].Value;
        if (!schemes.Contains(scheme) || host is null || !IsPort(port) || IsUnclear(path))
        {
            return null;
        }

        var (writtenScheme, writtenHost) = (parts.Groups["scheme"].Value, parts.Groups["host"].Value);
        string?[] repairs =
        [
            writtenScheme != scheme ? "capitals in its scheme" : null,
            writtenHost.Any(char.IsAsciiLetterUpper) ? "capitals in its host" : null,
            writtenHost.EndsWith('.') ? "a dot at the end of its host" : null,
            writtenHost.All(char.IsAscii) ? null : "letters in its host that are not ASCII",
            parts.Groups["colon"].Success && port.Length == 0 ? "a colon without a port" : null,
        ];
        var had = repairs.OfType<string>().ToList();
        return new WebAddress(Of(scheme, host), Of(writtenScheme, writtenHost), had.Count == 0 ? null : $"had {string.Join(" and ", had)}");

        string Of(string scheme, string host) =>
            $"{scheme}://{parts.Groups["user"].Value}{host.TrimEnd('.')}{(port.Length > 0 ? $":{port}" : "")}{path}";
    }

    /// <summary>The URL of a gateway: without slashes at its end and without the path of a route, to which people complete it.</summary>
    public WebAddress WithoutRoute()
    {
        var (url, written) = (Text.TrimEnd('/'), AsWritten.TrimEnd('/'));
        var route = Array.Find(OurPaths, path => url.EndsWith($"/{path}", StringComparison.OrdinalIgnoreCase));
        return route is null
            ? this with { Text = url, AsWritten = written }
            : new WebAddress(
                url[..^(route.Length + 1)].TrimEnd('/'),
                written[..^(route.Length + 1)].TrimEnd('/'),
                $"{(Repair is null ? "had" : $"{Repair} and")} the path of a route at its end");
    }

    private static string? HostOf(string written)
    {
        var host = written.EndsWith('.') ? written[..^1] : written;
        if (host.StartsWith('['))
        {
            return IPAddress.TryParse(host.Trim('[', ']'), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? host.ToLowerInvariant()
                : null;
        }

        try
        {
            host = (host.All(char.IsAscii) ? host : new IdnMapping().GetAscii(host)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        return HostPattern().IsMatch(host) ? host : null;
    }

    private static bool IsPort(string text) =>
        text.Length == 0 || int.Parse(text, CultureInfo.InvariantCulture) is > 0 and <= ushort.MaxValue;

    /// <summary>Whether senders and proxies could write this path in different ways, so that a signature over it would not stand.</summary>
    private static bool IsUnclear(string path) =>
        path.TrimEnd('/').Contains("//", StringComparison.Ordinal)
        || path.Split('/').Any(segment => segment is "." or "..");

    [GeneratedRegex(
        @"\A(?<scheme>[A-Za-z]+)://(?<user>[A-Za-z0-9._~%!$&'()*+,;=:-]*@)?(?<host>\[[0-9A-Fa-f:.]+\]|[^/?#:@\[\]\s]+)"
            + @"((?<colon>:)(?<port>[0-9]{0,5}))?(?<path>(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostPattern();
}
