using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>Makes tokens from arbitrary text, so that a test can forge any part of one.</summary>
internal static class RawJwt
{
    public const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";

    public static string Of(string secret, string payload, string header = Hs256)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
