using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// Lets in whoever brings an access token of the API, and gives <see cref="ApiCaller"/> as the credential. Some routes take another proof
/// too: the operator's key, or an agent's LiveKit token.
/// </summary>
/// <param name="tokens">Reads tokens; <c>null</c> where no tenant has a key, so that none was issued.</param>
/// <param name="other">The other proof; <c>null</c> for none.</param>
/// <param name="timeProvider">Tells when the next line may be logged.</param>
/// <param name="logger">Gets the refusals, without what was sent.</param>
public sealed partial class ApiAccess(ApiTokens? tokens, IAccessCheck? other, TimeProvider timeProvider, ILogger<ApiAccess> logger)
    : IAccessCheck
{
    private const string Scheme = "Bearer ";

    private readonly RareLines lines = new(TimeSpan.FromMinutes(1), timeProvider);

    /// <summary>Reads tokens that another issuer made, where ours reads none; <c>null</c> for none.</summary>
    public IForeignTokens? Foreign { get; init; }

    /// <inheritdoc/>
    public AccessOutcome CheckHead(GatewayRequest request)
    {
        var bearer = BearerOf(request);
        return bearer is not null && tokens?.Read(bearer) is { } caller ? AccessOutcome.Admitted(caller) : Without(request, bearer);
    }

    /// <inheritdoc/>
    public async ValueTask<AccessOutcome> CheckHeadAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (Foreign is null || BearerOf(request) is not { } bearer || tokens?.Read(bearer) is not null)
        {
            return CheckHead(request);
        }

        try
        {
            return await Foreign.ReadAsync(bearer, cancellationToken) is { } caller
                ? AccessOutcome.Admitted(caller)
                : Without(request, bearer);
        }
        catch (IOException)
        {
            return Refused("issuer_away", Problem.IssuerUnavailable);
        }
    }

    private static string? BearerOf(GatewayRequest request) =>
        request.Header("Authorization") is { } given && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? given[Scheme.Length..].Trim()
            : null;

    /// <summary>What comes of a request without a token that is good: another proof may let it in.</summary>
    private AccessOutcome Without(GatewayRequest request, string? bearer) => other is not null ? other.CheckHead(request)
        : tokens is null && Foreign is null ? Refused("no_key_set", Problem.ApiClosed)
        : Refused(bearer is null ? "missing" : "not_valid", Problem.BadAccessToken);

    private AccessOutcome Refused(string reason, GatewayResponse answer)
    {
        GatewayMeter.ApiRefused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (lines.Take() is { } count)
        {
            LogRefused(count, reason);
        }

        return AccessOutcome.Refused(answer);
    }

    [LoggerMessage(
        1005, LogLevel.Warning, "Requests of the API were refused, {Count} since the last such line; the last one's token: {Reason}")]
    private partial void LogRefused(int count, string reason);
}
