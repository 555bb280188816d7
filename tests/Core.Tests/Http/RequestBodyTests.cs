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

    [Theory]
    [InlineData(4 * 1024 * 1024L)]
    [InlineData(100_000L)]
    [InlineData(null)]
    public async Task The_buffer_grows_with_what_came_and_not_with_what_was_announced(long? announced)
    {
        var stream = new Drops(Bytes(90_000));

        await ReadAsync(stream, announced, 4 * 1024 * 1024);

        Assert.All(stream.Offered, offer => Assert.InRange(offer.Buffer, 1, Math.Max(4097, (2 * offer.Read) + 2)));
    }

    [Fact]
    public async Task A_short_body_gets_a_buffer_of_its_announced_length()
    {
        var stream = new Drops(Bytes(700));

        await ReadAsync(stream, 700, 65536);

        Assert.Equal(701, stream.Offered[0].Buffer);
    }

    private static Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, long? contentLength, int cap) =>
        RequestBody.ReadAsync(stream, contentLength, cap, TestContext.Current.CancellationToken).AsTask();

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    /// <summary>Gives its bytes in pieces, as a network does.</summary>
    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        /// <summary>How large the buffer was at each read, and how much had been read before.</summary>
        public List<(int Buffer, int Read)> Offered { get; } = [];

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Offered.Add((buffer.Length + (int)Position, (int)Position));
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
        }
    }
}
