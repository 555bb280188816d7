namespace VoiceFunctions.Core.Http;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    [InlineData(4096, 65536)]
    [InlineData(4097, 65536)]
    [InlineData(65536, 65536)]
    public async Task A_body_within_the_cap_is_read_whole(int length, int cap)
    {
        var body = Bytes(length);

        Assert.Equal(body, (await ReadAsync(new Drops(body), length, cap))?.ToArray());
        Assert.Equal(body, (await ReadAsync(new Drops(body), null, cap))?.ToArray());
        Assert.Equal(body, (await ReadAsync(new Drops(body), length / 2, cap))?.ToArray());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(11, 10)]
    [InlineData(1_000_000, 65536)]
    public async Task A_body_beyond_the_cap_is_not_read_to_its_end(int length, int cap)
    {
        var stream = new Drops(Bytes(length));

        Assert.Null(await ReadAsync(stream, null, cap));
        Assert.InRange(stream.Position, 0, cap + 1);
    }

    [Fact]
    public async Task A_body_that_says_that_it_is_too_large_is_not_read_at_all()
    {
        var stream = new Drops(Bytes(100));

        Assert.Null(await ReadAsync(stream, 11, 10));
        Assert.Equal(0, stream.Position);
    }

    private static Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, long? contentLength, int cap) =>
        RequestBody.ReadAsync(stream, contentLength, cap, TestContext.Current.CancellationToken).AsTask();

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    /// <summary>Gives its bytes in pieces, as a network does.</summary>
    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
