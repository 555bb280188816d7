using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents;

/// <summary>
/// Makes and checks the fences of dispatches: an HMAC-SHA256 of call and epoch, so that nobody can compute one who has not the key. Only
/// the job that a dispatch brought is told it.
/// </summary>
/// <param name="keyring">The first key makes fences; each one checks them, so that a key can be replaced while calls go on.</param>
/// <param name="since">
/// Since when this gateway runs. A dispatch that began before may be an earlier version's, whose fence had no key.
/// </param>
public sealed class DispatchFence(LiveKitKeyring keyring, DateTimeOffset since)
{
    /// <summary>The fence of a call's epoch: 26 base32 characters.</summary>
    public string Of(CallId callId, int epoch) => Of(keyring.Signing, callId, epoch);

    /// <summary>Whether a fence is that of a call's epoch, compared in constant time.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="fence">The fence that is claimed to be its.</param>
    /// <param name="begunAt">When the epoch's dispatch was begun.</param>
    public bool Accepts(CallId callId, int epoch, string fence, DateTimeOffset begunAt)
    {
        var accepted = begunAt < since && IsEqual(fence, DispatchMetadata.RequestIdOf(callId, epoch));
        foreach (var key in keyring.Keys)
        {
            accepted |= IsEqual(fence, Of(key, callId, epoch));
        }

        return accepted;
    }

    /// <summary>The colons keep it apart from everything else that LiveKit's keys sign: no part of a JWT has one.</summary>
    private static string Of(LiveKitKey key, CallId callId, int epoch) => CallId.Base32(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes($"voicefunctions:fence:{callId}:{epoch}")));

    private static bool IsEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
}
