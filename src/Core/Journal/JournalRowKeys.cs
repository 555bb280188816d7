using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Journal;

/// <summary>The names of the rows and columns of a call's history, the same in every journal.</summary>
public static class JournalRowKeys
{
    /// <summary>The call's record and the fence that every step must pass.</summary>
    public const string Header = "call";

    /// <summary>From when on the history is kept for the record only.</summary>
    public const string Kept = "kept";

    /// <summary>Before an event's id.</summary>
    public const string EventPrefix = "e:";

    /// <summary>Before a claim's key.</summary>
    public const string ClaimPrefix = "x:";

    /// <summary>Before the name of an index in which the call stands.</summary>
    public const string MarkPrefix = "i:";

    /// <summary>The mark of a call that is listed as open; all but this and <see cref="ListMark"/> name a room's partition.</summary>
    public const string OpenMark = $"{MarkPrefix}open";

    /// <summary>The mark of a call that stands in the list of calls; it tells its place there.</summary>
    public const string ListMark = $"{MarkPrefix}list";

    /// <summary>The column that tells since when a call stands in the list.</summary>
    public const string SinceColumn = "since";

    /// <summary>The column that tells which tenant asked for the call; empty where none did.</summary>
    public const string TenantColumn = "tenant";

    /// <summary>Where the rows begin that no decision needs: they are read for the proof alone.</summary>
    public const string Proof = "z";

    /// <summary>Before a step's number.</summary>
    public const string StepPrefix = $"{Proof}:s:";

    /// <summary>Before the key of an event that came again, without <see cref="EventPrefix"/>.</summary>
    public const string DuplicatePrefix = $"{Proof}:d:";

    /// <summary>The column with a row's value as JSON.</summary>
    public const string DataColumn = "data";

    /// <summary>The column that holds the moment since which a history is kept.</summary>
    public const string AtColumn = "at";

    /// <summary>The column that tells when an event came again.</summary>
    public const string SeenColumn = "seen";

    private const string HashedPrefix = "h-";
    private const int LongestPlainKey = 200;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:,");

    /// <summary>The key of an event's row.</summary>
    public static string EventKey(string id) => KeyOf(EventPrefix, id);

    /// <summary>The key of a claim's row.</summary>
    public static string ClaimKey(string key) => KeyOf(ClaimPrefix, key);

    /// <summary>The key of a note that an event came again.</summary>
    /// <param name="eventKey">The key of the event's row.</param>
    /// <param name="nonce">Tells the notes of an event apart.</param>
    public static string DuplicateKey(string eventKey, string nonce) => $"{DuplicatePrefix}{eventKey[EventPrefix.Length..]}:{nonce}";

    /// <summary>The key of a step's row; the keys stand in the order of the steps.</summary>
    public static string StepKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{StepPrefix}{number:D6}");

    /// <summary>The name of the index of a room's calls; room names may hold phone numbers, so only their hash is a key.</summary>
    public static string RoomIndex(string roomName) => $"room-{Sha256(roomName)}";

    /// <summary>The mark of a call that stands in the index of a room.</summary>
    public static string RoomMark(string roomName) => MarkPrefix + RoomIndex(roomName);

    /// <summary>The SHA-256 of a text in lower-case hexadecimal digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A moment as the text of a column.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The id itself where it is a good key; otherwise, and where it could be taken for one, its hash.</summary>
    private static string KeyOf(string prefix, string id)
    {
        var isPlain = id.Length <= LongestPlainKey
            && !id.AsSpan().ContainsAnyExcept(KeyCharacters)
            && !id.StartsWith(HashedPrefix, StringComparison.Ordinal);
        return isPlain ? prefix + id : prefix + HashedPrefix + Sha256(id);
    }
}
