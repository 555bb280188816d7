using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Calls.Admission;

/// <summary>
/// What a caller's number is counted under: a hash that only a holder of the gateway's LiveKit secret can make, so that what is stored
/// tells no number, nor that one number called two routes.
/// </summary>
/// <param name="keyring">The first key makes the hashes; where it is replaced, counting begins anew.</param>
public sealed class CallerMark(LiveKitKeyring keyring)
{
    /// <summary>The mark of a number on a route.</summary>
    /// <param name="route">The route's name.</param>
    /// <param name="number">The number in E.164.</param>
    public string Of(string route, string number) => CallId.Base32(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(keyring.Signing.Secret), Encoding.UTF8.GetBytes($"voicefunctions:caller:{number}:{route}")));
}
