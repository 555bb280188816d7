using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.Access;

/// <summary>The access tokens of the API: JWTs, each good for one tenant and some scopes.</summary>
public sealed class ApiTokens
{
    /// <summary>Who issues them, and for whom: this gateway.</summary>
    public const string Issuer = "voicefunctions";

    /// <summary>The claim that names the tenant.</summary>
    public const string TenantClaim = "tenant_id";

    /// <summary>The claim that names the scopes (RFC 9068).</summary>
    public const string ScopeClaim = "scope";

    /// <summary>How long a token is good for.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    private readonly ApiTokenKeys keys;
    private readonly TokenValidationParameters parameters;
    private readonly TimeProvider timeProvider;
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <param name="keys">What signs, and what is accepted.</param>
    /// <param name="timeProvider">Tells when tokens begin and end.</param>
    public ApiTokens(ApiTokenKeys keys, TimeProvider timeProvider)
    {
        this.keys = keys;
        this.timeProvider = timeProvider;
        parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            ValidAlgorithms = [.. keys.Algorithms],
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, token, kid, _) => keys.KeysFor((token as JsonWebToken)?.Alg, kid),
            LifetimeValidator = (_, expires, _, _) => expires is { } until && timeProvider.GetUtcNow().UtcDateTime < until,
        };
    }

    /// <summary>Tokens that a secret alone signs.</summary>
    /// <param name="secret">At least 32 characters.</param>
    /// <param name="timeProvider">Tells when tokens begin and end.</param>
    public ApiTokens(string secret, TimeProvider timeProvider)
        : this(new ApiTokenKeys(secret), timeProvider)
    {
    }

    /// <summary>A token of a tenant, good for <see cref="Lifetime"/> from now on.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="scopes">What it is good for.</param>
    public string Issue(string tenant, ApiScopes scopes = ApiScopeWords.Default)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = tenant,
                [TenantClaim] = tenant,
                [ScopeClaim] = ApiScopeWords.TextOf(scopes),
            },
            SigningCredentials = keys.Signing,
        });
    }

    /// <summary>
    /// Whose a token is; <c>null</c> where it is none of ours, or no longer good, or says nothing of its scopes. Never throws.
    /// </summary>
    public ApiCaller? Read(string token)
    {
        // With the key at hand the library has nothing to wait for.
        var validated = handler.ValidateTokenAsync(token, parameters);
        return validated is { IsCompletedSuccessfully: true, Result: { IsValid: true } result }
            && TextOf(result, TenantClaim) is { } tenant
            && TextOf(result, ScopeClaim) is { } text
            && ApiScopeWords.Parse(text) is { } scopes
                ? new ApiCaller(tenant, scopes)
                : null;
    }

    private static string? TextOf(TokenValidationResult result, string claim) =>
        result.Claims.TryGetValue(claim, out var value) && value is string { Length: > 0 } text ? text : null;
}
