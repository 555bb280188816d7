using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>An HTTP request as somebody saved it: its first line, its headers, an empty line, its body.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Headers">Its headers; of several with one name, the first.</param>
/// <param name="Body">Its body; a line end that an editor put at its end is taken away where the length is known.</param>
/// <param name="Missing">How many bytes of the body are missing by its Content-Length.</param>
internal sealed record SavedRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, long Missing)
{
    /// <summary>Reads a file; <c>null</c> where it is no request.</summary>
    public static SavedRequest? Parse(byte[] file)
    {
        var end = EndOfHead(file, out var length);
        var lines = Encoding.Latin1.GetString(file, 0, end).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var method, var target, ..]
            || !method.All(char.IsAsciiLetterUpper))
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        var body = file.AsMemory(Math.Min(end + length, file.Length));
        if (!long.TryParse(headers.GetValueOrDefault("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var told))
        {
            return new SavedRequest(method, PathOf(target), headers, body, 0);
        }

        var rest = body.Length > told ? body[(int)told..] : default;
        var isLineEnd = rest.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0;
        return new SavedRequest(
            method, PathOf(target), headers, isLineEnd && rest.Length > 0 ? body[..(int)told] : body, Math.Max(0, told - body.Length));
    }

    /// <summary>The request as the gateway reads it.</summary>
    /// <param name="body">Another body than its own; <c>null</c> for its own.</param>
    public GatewayRequest ToGateway(ReadOnlyMemory<byte>? body = null) =>
        new(Method, Target, name => Headers.GetValueOrDefault(name), body ?? Body);

    /// <summary>A proxy is sent the whole URL; the gateway reads its path.</summary>
    private static string PathOf(string target) =>
        target.IndexOf("://", StringComparison.Ordinal) is var at and > 0 && target.IndexOf('/', at + 3) is var slash and > 0
            ? target[slash..]
            : target;

    private static int EndOfHead(byte[] file, out int length)
    {
        var crlf = file.AsSpan().IndexOf("\r\n\r\n"u8);
        var lf = file.AsSpan().IndexOf("\n\n"u8);
        length = crlf >= 0 && (lf < 0 || crlf < lf) ? 4 : 2;
        return length == 4 ? crlf : lf >= 0 ? lf : file.Length;
    }
}
