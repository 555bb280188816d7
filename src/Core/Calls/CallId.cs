using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Calls;

/// <summary>
/// Names one phone conversation: 26 lower-case base32 characters (RFC 4648 without padding), the first 130 bits of a SHA-256.
/// The same beginning of a call always gives the same id, so every retry computes it again. Safe as an orchestration instance id,
/// as a table key and as the user part of a SIP URI.
/// </summary>
public sealed record CallId
{
    /// <summary>The length of every id in characters.</summary>
    public const int Length = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private CallId(string value) => Value = value;

    /// <summary>The 26 characters.</summary>
    public string Value { get; }

    /// <summary>The id of a call that Twilio announced, from the CallSid of the caller's own leg.</summary>
    public static CallId ForTwilio(string callSid) => Of($"twilio:{callSid}");

    /// <summary>
    /// The id of a call that came in over a SIP trunk: one session of a room. A room name that lives again has
    /// another sid and so another id.
    /// </summary>
    public static CallId ForTrunk(string roomName, string roomSid) => Of($"trunk:{roomName}:{roomSid}");

    /// <summary>The id of a call whose caller came into the room of an earlier call after its end.</summary>
    public static CallId ForSuccessor(CallId earlier, string legSid) => Of($"successor:{earlier.Value}:{legSid}");

    /// <summary>The id of another conversation of a CallSid, from what tells its voice webhook from the earlier ones.</summary>
    public static CallId ForTwilioPass(string callSid, string pass) => Of($"twilio:{callSid}:{pass}");

    /// <summary>The id of a call that a tenant asked for over the API: the same for each request under one idempotency key.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="key">The tenant's idempotency key; <c>null</c> gives an id that nobody can guess.</param>
    public static CallId ForRequest(string tenant, string? key) =>
        Of(key is null ? $"random:{RandomNumberGenerator.GetHexString(32)}" : $"request:{tenant}:{key}");

    /// <summary>Accepts exactly the 26 characters that <see cref="Value"/> can hold, and nothing else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CallId? callId)
    {
        callId = text is { Length: Length } && text.AsSpan().IndexOfAnyExcept(Characters) < 0 ? new CallId(text) : null;
        return callId is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static CallId Of(string beginning) => new(Digest(beginning));

    /// <summary>The first 130 bits of the text's SHA-256 in 26 base32 characters.</summary>
    internal static string Digest(string seed) => Base32(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    /// <summary>The first 130 bits in 26 base32 characters.</summary>
    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | bytes[bit / 8 + 1];
            text[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(text);
    }
}
