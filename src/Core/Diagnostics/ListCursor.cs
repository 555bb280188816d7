using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>
/// The cursor of a list: a place in it, signed together with what was asked for, so that nobody makes one up or takes one along to another
/// list. It stands for the place and not for a page, so new calls change nothing behind it.
/// </summary>
/// <param name="keyring">The first key signs; each one is accepted, so that a key can be replaced while somebody turns pages.</param>
public sealed class ListCursor(LiveKitKeyring keyring)
{
    private const byte Version = 1;
    private const int SignatureSize = 16;
    private const int PlaceSize = 1 + sizeof(long) + CallId.Length;

    /// <summary>The cursor of a place.</summary>
    internal string Seal(CallPlace place, ListRequest request)
    {
        var bytes = new byte[PlaceSize + SignatureSize];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), place.Since.UtcTicks);
        Encoding.ASCII.GetBytes(place.CallId.Value, bytes.AsSpan(1 + sizeof(long)));
        Sign(keyring.Signing, bytes.AsSpan(0, PlaceSize), request).CopyTo(bytes.AsSpan(PlaceSize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place of a cursor; <c>null</c> where it is not one of ours for that request.</summary>
    internal CallPlace? Open(string cursor, ListRequest request)
    {
        if (!Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: PlaceSize + SignatureSize } bytes)
        {
            return null;
        }

        var isOurs = false;
        foreach (var key in keyring.Keys)
        {
            var signature = Sign(key, bytes.AsSpan(0, PlaceSize), request);
            isOurs |= CryptographicOperations.FixedTimeEquals(signature, bytes.AsSpan(PlaceSize));
        }

        return isOurs
            && bytes[0] == Version
            && CallId.TryParse(Encoding.ASCII.GetString(bytes.AsSpan(1 + sizeof(long), CallId.Length)), out var callId)
                ? new CallPlace(new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), TimeSpan.Zero), callId)
                : null;
    }

    private static ReadOnlySpan<byte> Sign(LiveKitKey key, ReadOnlySpan<byte> place, ListRequest request)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key.Secret));
        hash.AppendData("voicefunctions:list:"u8);
        hash.AppendData(place);
        hash.AppendData(Encoding.UTF8.GetBytes(request.Scope));
        return hash.GetHashAndReset().AsSpan(0, SignatureSize);
    }
}
