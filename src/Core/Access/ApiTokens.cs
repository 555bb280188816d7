using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VoiceFunctions.Core.Access;

/// <summary>The access tokens of the API: JWTs signed with HMAC-SHA256, each good for one tenant.</summary>
public sealed class ApiTokens
{
    /// <summary>Who issues them, and for whom: this gateway.</summary>
    public const string Issuer = "voicefunctions";

    /// <summary>The claim that names the tenant.</summary>
    public const string TenantClaim = "tenant_id";

    /// <summary>How long a token is good for.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    private readonly SigningCredentials credentials;
    private readonly TokenValidationParameters parameters;
    private readonly TimeProvider timeProvider;
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <param name="secret">What signs, at least 32 characters.</param>
    /// <param name="timeProvider">Tells when tokens begin and end.</param>
    public ApiTokens(string secret, TimeProvider timeProvider)
    {
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret));
        this.timeProvider = timeProvider;
        credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (_, expires, _, _) => expires is { } until && timeProvider.GetUtcNow().UtcDateTime < until,
        };
    }

    /// <summary>A token of a tenant, good for <see cref="Lifetime"/> from now on.</summary>
    public string Issue(string tenant)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = tenant, [TenantClaim] = tenant },
            SigningCredentials = credentials,
        });
    }

    /// <summary>Whose a token is; <c>null</c> where it is none of ours, or no longer good. Never throws.</summary>
    public ApiCaller? Read(string token)
    {
        // With the key at hand the library has nothing to wait for.
        var validated = handler.ValidateTokenAsync(token, parameters);
        return validated is { IsCompletedSuccessfully: true, Result: { IsValid: true } result }
            && result.Claims.TryGetValue(TenantClaim, out var tenant)
            && tenant is string { Length: > 0 } name
                ? new ApiCaller(name)
                : null;
    }
}
