using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Http;

/// <summary>What the gateway answers: a status, a body, and the few headers that matter.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="ContentType">The media type of the body; <c>null</c> where there is no body.</param>
/// <param name="Body">The body as UTF-8 bytes without a byte order mark; empty where there is none, and where it is streamed.</param>
public sealed record GatewayResponse(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private const string JsonType = "application/json";

    private static readonly KeyValuePair<string, string>[] Common =
    [
        new("Cache-Control", "no-store"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    private GatewayResponse? headOf;

    /// <summary>200 without a body.</summary>
    public static GatewayResponse Ok { get; } = new(200, null, ReadOnlyMemory<byte>.Empty);

    /// <summary>An answer that is a value as JSON.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    public static GatewayResponse Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonType, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>An answer that is JSON already.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="json">The JSON in UTF-8.</param>
    public static GatewayResponse Json(int status, ReadOnlySpan<byte> json) => new(status, JsonType, json.ToArray());

    /// <summary>An answer of JSON that is too large to be held.</summary>
    /// <param name="write">Writes it.</param>
    public static GatewayResponse StreamedJson(Func<Stream, CancellationToken, Task> write) =>
        new(200, JsonType, ReadOnlyMemory<byte>.Empty) { Streamed = write };

    /// <summary>
    /// The headers that every answer has: nobody may keep one, because it holds personal data, a password for SIP, or a state that is old
    /// in a moment; and nobody may take its body for another type.
    /// </summary>
    public static ReadOnlySpan<KeyValuePair<string, string>> CommonHeaders => Common;

    /// <summary>The value of the <c>Retry-After</c> header in whole seconds; <c>null</c> leaves the header out.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The value of the <c>Allow</c> header, sent with 405; <c>null</c> leaves the header out.</summary>
    public string? Allow { get; init; }

    /// <summary>The value of the <c>Location</c> header: where what was asked for can be seen; <c>null</c> leaves the header out.</summary>
    public string? Location { get; init; }

    /// <summary>Further headers, which only some requests get.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The same answer with what a limit said.</summary>
    /// <param name="count">What it said; <c>null</c> where there is no limit.</param>
    public GatewayResponse Counted(RequestCount? count) => count is null ? this : this with { Headers = [.. Headers, .. count.Headers] };

    /// <summary>Writes a body that is too large to be held in <see cref="Body"/>; <c>null</c> for all others.</summary>
    public Func<Stream, CancellationToken, Task>? Streamed { get; init; }

    /// <summary>
    /// The value of the <c>Content-Length</c> header: the body's length, also in an answer to HEAD; <c>null</c> for one that is streamed.
    /// </summary>
    public int? ContentLength => headOf is not null ? headOf.ContentLength : Streamed is null ? Body.Length : null;

    /// <summary>Writes the body.</summary>
    public ValueTask WriteBodyAsync(Stream destination, CancellationToken cancellationToken) =>
        Streamed is null ? destination.WriteAsync(Body, cancellationToken) : new(Streamed(destination, cancellationToken));

    /// <summary>The same answer for HEAD: all headers, and no body.</summary>
    public GatewayResponse ForHead() => this with { Body = ReadOnlyMemory<byte>.Empty, Streamed = null, headOf = this };
}
