namespace VoiceFunctions.Core.Http;

/// <summary>What the gateway answers: a status, a body that is ready to send, and the few headers that matter.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="ContentType">The media type of <paramref name="Body"/>; <c>null</c> where there is no body.</param>
/// <param name="Body">The body as UTF-8 bytes without a byte order mark; may be empty.</param>
public sealed record GatewayResponse(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private int? lengthForGet;

    /// <summary>200 without a body.</summary>
    public static GatewayResponse Ok { get; } = new(200, null, ReadOnlyMemory<byte>.Empty);

    /// <summary>The value of the <c>Retry-After</c> header in whole seconds; <c>null</c> leaves the header out.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The value of the <c>Allow</c> header, sent with 405; <c>null</c> leaves the header out.</summary>
    public string? Allow { get; init; }

    /// <summary>The value of the <c>Content-Length</c> header: the body's length, also in an answer to HEAD.</summary>
    public int ContentLength => lengthForGet ?? Body.Length;

    /// <summary>The same answer for HEAD: all headers, and no body.</summary>
    public GatewayResponse ForHead() => this with { Body = ReadOnlyMemory<byte>.Empty, lengthForGet = ContentLength };
}
