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
    public static string Mint(LiveKitKey key, LiveKitGrants grants, DateTimeOffset now, TimeSpan lifetime) =>
        MintFor(key, identity: null, grants, now, lifetime);

    /// <summary>The same for a participant, whose identity is the token's <c>sub</c>; of kind agent where the grants say so.</summary>
    /// <param name="key">What signs.</param>
    /// <param name="identity">The participant; <c>null</c> in a token for the API.</param>
    /// <param name="grants">What it allows.</param>
    /// <param name="now">Since when it is valid.</param>
    /// <param name="lifetime">For how long, in whole seconds.</param>
    /// <param name="attributes">The attributes that the participant joins with; <c>null</c> for none.</param>
    public static string MintFor(
        LiveKitKey key,
        string? identity,
        LiveKitGrants grants,
        DateTimeOffset now,
        TimeSpan lifetime,
        IReadOnlyDictionary<string, string>? attributes = null)
    {
        var seconds = now.ToUnixTimeSeconds();
        return LiveKitJwt.Sign(key, new LiveKitTokenPayload
        {
            Iss = key.Id,
            Sub = identity,
            Nbf = seconds,
            Iat = seconds,
            Exp = seconds + (long)lifetime.TotalSeconds,
            Kind = grants.Agent ? LiveKitTokenClaims.Agent : null,
            Video = grants == LiveKitGrants.PlaceCalls || grants == LiveKitGrants.SetUpSip ? null : grants,
            Attributes = attributes,
            Sip = grants.SipCall || grants.SipAdmin ? new LiveKitSipGrants { Call = grants.SipCall, Admin = grants.SipAdmin } : null,
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
        Verify(keyring, token, now, out claims);
        return claims is not null;
    }

    /// <summary>The same with the reason of a refusal, for logs and metrics; the claims are <c>null</c> unless it is authentic.</summary>
    internal static TokenVerification Verify(LiveKitKeyring keyring, string? token, DateTimeOffset now, out LiveKitTokenClaims? claims)
    {
        var verification = LiveKitJwt.Check(keyring, token, now, out var payload);
        claims = payload is null ? null : ClaimsOf(payload);
        return verification;
    }

    private static LiveKitTokenClaims ClaimsOf(LiveKitTokenPayload payload) =>
        new(payload.Iss!, payload.Sub, DateTimeOffset.FromUnixTimeSeconds(payload.Exp!.Value), GrantsOf(payload))
        {
            Kind = payload.Video is { Agent: true } ? LiveKitTokenClaims.Agent
                : payload.Kind?.ToLowerInvariant() ?? LiveKitTokenClaims.Standard,
            Attributes = payload.Attributes ?? LiveKitAttributes.None,
        };

    private static LiveKitGrants GrantsOf(LiveKitTokenPayload payload) =>
        (payload.Video ?? LiveKitGrants.None) with
        {
            SipCall = payload.Sip is { Call: true },
            SipAdmin = payload.Sip is { Admin: true },
        };
}
