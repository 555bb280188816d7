using System.Text.Json;
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

    public string? Kind { get; init; }

    public LiveKitGrants? Video { get; init; }

    public LiveKitSipGrants? Sip { get; init; }

    public string? Sha256 { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

/// <summary>A token's <c>sip</c> grant.</summary>
internal sealed record LiveKitSipGrants
{
    public bool Call { get; init; }

    public bool Admin { get; init; }
}

/// <summary>The header of a token: its algorithm, and which extensions a reader must understand (RFC 7515, 4.1.11).</summary>
internal sealed record LiveKitTokenHeader(string? Alg, JsonElement Crit = default);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LiveKitTokenPayload))]
[JsonSerializable(typeof(LiveKitTokenHeader))]
internal sealed partial class LiveKitTokenJson : JsonSerializerContext;
