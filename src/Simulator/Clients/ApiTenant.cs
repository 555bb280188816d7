using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Simulator.Clients;

/// <summary>A tenant of the gateway's API, as both sides know it.</summary>
public sealed record ApiTenant
{
    /// <summary>The tenant's name.</summary>
    public string Name { get; init; } = "simulated";

    /// <summary>Its API key.</summary>
    public string Key { get; init; } = "an-api-key-of-the-simulation";

    /// <summary>What signs the gateway's access tokens.</summary>
    public string TokenSecret { get; init; } = "a-secret-of-the-simulation-that-signs-access-tokens";

    /// <summary>The gateway's settings that let this tenant in, by their environment names.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings => new Dictionary<string, string>
    {
        [SettingNames.ApiKeys] = $$"""{"{{Name}}":"{{Key}}"}""",
        [SettingNames.ApiTokenSecret] = TokenSecret,
    };
}
