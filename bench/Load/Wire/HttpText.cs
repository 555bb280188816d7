using System.Buffers.Text;

namespace VoiceFunctions.Bench.Load.Wire;

/// <summary>The parts of HTTP/1.1 that both sides of the benchmark read.</summary>
internal static class HttpText
{
    /// <summary>Where the body begins; -1 while the head is not whole.</summary>
    public static int BodyOf(ReadOnlySpan<byte> message) =>
        message.IndexOf("\r\n\r\n"u8) is var end and >= 0 ? end + 4 : -1;

    /// <summary>Whether a message is there with all of its body.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> message)
    {
        var body = BodyOf(message);
        if (body < 0)
        {
            return false;
        }

        var head = message[..body];
        return IsChunked(head) ? message.EndsWith("0\r\n\r\n"u8) : message.Length >= body + LengthOf(head);
    }

    /// <summary>The length of the body by the head.</summary>
    public static int LengthOf(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "\ncontent-length:"u8;
        for (var rest = head; rest.IndexOf((byte)'\n') is var line and >= 0; rest = rest[(line + 1)..])
        {
            var at = rest[line..];
            if (at.Length > name.Length && IsName(at[..name.Length], name))
            {
                var digits = at[name.Length..].TrimStart((byte)' ');
                return Utf8Parser.TryParse(digits, out int length, out _) ? length : 0;
            }
        }

        return 0;
    }

    private static bool IsName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if ((text[i] | 0x20) != (name[i] | 0x20))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsChunked(ReadOnlySpan<byte> head) =>
        head.IndexOf("ransfer-"u8) >= 0 && head.IndexOf("ncoding: chunked"u8) >= 0;
}
