using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Signs webhook bodies as a LiveKit server does, for the simulator and for the replay of recordings.</summary>
public static class LiveKitWebhookSigner
{
    /// <summary>How long a webhook's token is valid.</summary>
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
