namespace VoiceFunctions.Core.Http;

/// <summary>Reads bodies within a cap.</summary>
public static class RequestBody
{
    private const int FirstBuffer = 4096;

    /// <summary>
    /// Reads a whole body; <c>null</c> where it is larger than <paramref name="maxBytes"/>, of which no more than one byte beyond is read.
    /// The buffer grows with what was read and is at most 4 KB or twice that: a length that is announced and never sent costs nothing.
    /// </summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        Stream body, long? contentLength, int maxBytes, CancellationToken cancellationToken)
    {
        if (contentLength > maxBytes)
        {
            return null;
        }

        var buffer = new byte[Math.Min(contentLength ?? FirstBuffer, Math.Min(FirstBuffer, maxBytes)) + 1];
        var length = 0;
        while (true)
        {
            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > maxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
            }
        }
    }
}
