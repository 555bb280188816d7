using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access;

/// <summary>Shows the public keys of access tokens as a JWK set, so that others can check tokens too; empty where a secret signs.</summary>
/// <param name="keys">The keys; <c>null</c> where nobody gets a token.</param>
public sealed class JwksHandler(ApiTokenKeys? keys) : IGatewayHandler
{
    private readonly GatewayResponse answer =
        GatewayResponse.Json(200, new JwksAnswer([.. keys?.Public ?? []]), JwksJson.Default.JwksAnswer);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Jwks;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => new(answer);
}

internal sealed record JwksAnswer(IReadOnlyList<PublicJwk> Keys);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JwksAnswer))]
internal sealed partial class JwksJson : JsonSerializerContext;
