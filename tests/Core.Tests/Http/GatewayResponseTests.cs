using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Http;

public sealed class GatewayResponseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_body_is_written_as_it_is()
    {
        using var written = new Pieces();

        await new GatewayResponse(200, "text/plain", "small"u8.ToArray()).WriteBodyAsync(written, Stop);

        Assert.Equal(("small", 1), (Encoding.UTF8.GetString(written.ToArray()), written.Count));
    }

    [Fact]
    public async Task A_long_calls_proof_is_written_in_pieces_and_never_held_as_a_whole()
    {
        var bench = new GatewayBench();
        for (var i = 0; i < 500; i++)
        {
            await bench.LiveKitAsync(GatewayBench.Webhook("room_started", $"EV_{i}"));
        }

        using var written = new Pieces();

        var response = await bench.GetAsync($"/calls/{GatewayBench.Call}/proof");
        await response.WriteBodyAsync(written, Stop);

        Assert.Equal((200, 0, null), (response.Status, response.Body.Length, response.ContentLength));
        Assert.InRange(written.Length, 200_000, int.MaxValue);
        Assert.InRange(written.Longest, 1, 64 * 1024);
        Assert.Equal(500, JsonSerializer.Deserialize(written.ToArray(), ProofJson.Default.CallProof)!.Events.Count);
    }

    [Fact]
    public async Task The_head_of_a_streamed_answer_has_no_body_and_tells_no_length()
    {
        var get = new GatewayResponse(200, "application/json", ReadOnlyMemory<byte>.Empty)
        {
            Streamed = (stream, stopping) => stream.WriteAsync("a body"u8.ToArray(), stopping).AsTask(),
        };
        using var written = new Pieces();

        var head = get.ForHead();
        await head.WriteBodyAsync(written, Stop);

        Assert.Equal((0, null), (written.Length, head.ContentLength));
        Assert.Equal(2, new GatewayResponse(200, null, "ab"u8.ToArray()).ForHead().ContentLength);
    }

    private sealed class Pieces : MemoryStream
    {
        public int Count { get; private set; }

        public int Longest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Count, Longest) = (Count + 1, Math.Max(Longest, buffer.Length));
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
