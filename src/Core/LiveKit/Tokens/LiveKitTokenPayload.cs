using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>The claims of LiveKit's API tokens and webhook tokens. Times are whole seconds since 1970 UTC.</summary>
internal sealed record LiveKitTokenPayload
{
    public string? Iss { get; init; }

    public string? Sub { get; init; }

    public long? Exp { get; init; }

    public long? Nbf { get; init; }

    public long? Iat { get; init; }

    public LiveKitGrants? Video { get; init; }

    public LiveKitSipGrants? Sip { get; init; }

    public string? Sha256 { get; init; }
}

/// <summary>A token's <c>sip</c> grant.</summary>
internal sealed record LiveKitSipGrants
{
    public bool Call { get; init; }
}

/// <summary>The header of a token; only its algorithm is read.</summary>
internal sealed record LiveKitTokenHeader(string? Alg);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LiveKitTokenPayload))]
[JsonSerializable(typeof(LiveKitTokenHeader))]
internal sealed partial class LiveKitTokenJson : JsonSerializerContext;
