using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>Makes a key for a tenant. The answer shows it, and nothing ever does again.</summary>
internal sealed partial class KeyMakeHandler(ApiKeyDesk desk, ILogger<KeyMakeHandler> logger) : TenantKeyHandler(GatewayRoutes.KeyMake)
{
    /// <inheritdoc/>
    protected override async ValueTask<GatewayResponse> AnswerAsync(
        string tenant, GatewayRequest request, CancellationToken cancellationToken)
    {
        if (await desk.MakeAsync(tenant, cancellationToken) is not { Key: var key, Text: var text })
        {
            return Problem.TooManyKeys;
        }

        LogMade(key.Id, tenant);
        return GatewayResponse.Json(201, new MadeKeyAnswer(tenant, key.Id, key.MadeAt, text), KeyJson.Default.MadeKeyAnswer);
    }

    [LoggerMessage(1011, LogLevel.Information, "API key {Key} of tenant {Tenant} was made")]
    private partial void LogMade(string key, string tenant);
}

internal sealed record MadeKeyAnswer(string TenantId, string Id, DateTimeOffset CreatedAt, string ApiKey);

internal sealed record KeyAnswer(string TenantId, string Id, DateTimeOffset CreatedAt);

internal sealed record KeyListAnswer(IReadOnlyList<KeyAnswer> Keys);

internal sealed record RevokedKeyAnswer(string TenantId, string Id, bool Revoked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MadeKeyAnswer))]
[JsonSerializable(typeof(KeyListAnswer))]
[JsonSerializable(typeof(RevokedKeyAnswer))]
internal sealed partial class KeyJson : JsonSerializerContext;
