using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>LiveKit's access tokens: JWTs signed with HMAC-SHA256.</summary>
public static class LiveKitToken
{
    /// <summary>How long a token for one API call is valid: 5 minutes. LiveKit's own default is six hours.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A token with <paramref name="grants"/> that is valid from <paramref name="now"/> for <paramref name="lifetime"/>, in whole seconds.
    /// </summary>
    public static string Mint(LiveKitKey key, LiveKitGrants grants, DateTimeOffset now, TimeSpan lifetime)
    {
        var seconds = now.ToUnixTimeSeconds();
        return LiveKitJwt.Sign(key, new LiveKitTokenPayload
        {
            Iss = key.Id,
            Nbf = seconds,
            Iat = seconds,
            Exp = seconds + (long)lifetime.TotalSeconds,
            Video = grants == LiveKitGrants.PlaceCalls ? null : grants,
            Sip = grants.SipCall ? new LiveKitSipGrants { Call = true } : null,
        });
    }

    /// <summary>
    /// Verifies and reads a token. True only if a key of the keyring signed it and it is valid at <paramref name="now"/>, with 60 s of
    /// leeway. Accepts the bare token, or <c>Bearer</c> and the token. Never throws.
    /// </summary>
    public static bool TryVerify(
        LiveKitKeyring keyring,
        string? token,
        DateTimeOffset now,
        [NotNullWhen(true)] out LiveKitTokenClaims? claims)
    {
        claims = LiveKitJwt.Check(keyring, token, now, out var payload) == TokenVerification.Authentic
            ? new LiveKitTokenClaims(payload!.Iss!, payload.Sub, Moment(payload.Exp!.Value), GrantsOf(payload))
            : null;
        return claims is not null;
    }

    private static LiveKitGrants GrantsOf(LiveKitTokenPayload payload) =>
        (payload.Video ?? LiveKitGrants.None) with { SipCall = payload.Sip is { Call: true } };

    /// <summary>A token can contain a time that <see cref="DateTimeOffset"/> cannot represent. It reads as the latest one.</summary>
    private static DateTimeOffset Moment(long seconds) =>
        seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MaxValue;
}
