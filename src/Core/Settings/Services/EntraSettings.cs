namespace VoiceFunctions.Core.Settings.Services;

/// <summary>Whose access tokens of Entra ID are taken.</summary>
/// <param name="Authority">Who issues them, without a slash at its end.</param>
/// <param name="TenantId">The directory.</param>
/// <param name="Audience">For whom they must be: the application that stands for this gateway.</param>
/// <param name="Clients">The tenant of each client application, by the application's id in lower case.</param>
public sealed record EntraSettings(
    string Authority, string TenantId, string Audience, IReadOnlyDictionary<string, string> Clients);
