namespace VoiceFunctions.Core.Http;

/// <summary>The body of a sender who announces and sends nothing: whoever reads it is noted, and gets what the test gives.</summary>
internal sealed class UnreadBody(byte[]? bytes = null) : MemoryStream(bytes ?? [])
{
    /// <summary>How often somebody tried to read.</summary>
    public int Reads { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads++;
        return base.ReadAsync(buffer, cancellationToken);
    }
}
