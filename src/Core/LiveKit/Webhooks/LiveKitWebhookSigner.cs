using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Signs webhook bodies as a LiveKit server does, for what plays LiveKit's part: the simulator and the replay of recordings.</summary>
public static class LiveKitWebhookSigner
{
    /// <summary>How long the token of a webhook is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The value of the Authorization header for <paramref name="body"/>, sent now: a bare token without <c>Bearer</c>.</summary>
    public static string Sign(LiveKitKey key, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        return LiveKitJwt.Sign(key, new LiveKitTokenPayload
        {
            Iss = key.Id,
            Exp = seconds + (long)Lifetime.TotalSeconds,
            Nbf = seconds,
            Iat = seconds,
            Sha256 = BodyHash.Of(body),
        });
    }
}
