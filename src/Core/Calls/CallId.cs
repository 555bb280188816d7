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

    /// <summary>The id of a call that came in over a SIP trunk: one session of a room. A room name that lives again has another sid and so another id.</summary>
    public static CallId ForTrunk(string roomName, string roomSid) => Of($"trunk:{roomName}:{roomSid}");

    /// <summary>
    /// The call that a room belongs to: a room named <c>{prefix}_{callId}</c> is ours and carries the id in its name; any other room maps by <see cref="ForTrunk"/>.
    /// </summary>
    public static CallId ForRoom(string roomPrefix, string roomName, string roomSid) =>
        TryFromRoomName(roomPrefix, roomName, out var callId) ? callId : ForTrunk(roomName, roomSid);

    /// <summary>Whether a room is of the kind that our dispatch rules open: <c>{prefix}_…</c>. It may be named after its call, or after the caller by an individual rule.</summary>
    public static bool IsOurRoom(string roomPrefix, string roomName) =>
        roomName.Length > roomPrefix.Length && roomName[roomPrefix.Length] == '_' && roomName.StartsWith(roomPrefix, StringComparison.Ordinal);

    /// <summary>Reads the id out of a room name of ours, <c>{prefix}_{callId}</c>.</summary>
    public static bool TryFromRoomName(string roomPrefix, string roomName, [NotNullWhen(true)] out CallId? callId)
    {
        callId = null;
        return roomName.Length == roomPrefix.Length + 1 + Length
            && roomName.StartsWith(roomPrefix, StringComparison.Ordinal)
            && roomName[roomPrefix.Length] == '_'
            && TryParse(roomName[(roomPrefix.Length + 1)..], out callId);
    }

    /// <summary>The name of this call's room: <c>{prefix}_{callId}</c>, as a LiveKit callee rule with that prefix and without randomness builds it.</summary>
    public string RoomName(string roomPrefix) => $"{roomPrefix}_{Value}";

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
    internal static string Digest(string seed)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
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
