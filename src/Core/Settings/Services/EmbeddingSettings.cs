namespace VoiceFunctions.Core.Settings.Services;

/// <summary>Where texts become vectors: an endpoint that speaks like OpenAI's embeddings, Azure OpenAI's included.</summary>
/// <param name="Url">The whole address, for Azure OpenAI with its api-version.</param>
/// <param name="Key">The key.</param>
/// <param name="Model">The model; <c>null</c> where the address says which.</param>
public sealed record EmbeddingSettings(Uri Url, string Key, string? Model)
{
    /// <inheritdoc/>
    public override string ToString() => Url.Host;
}
