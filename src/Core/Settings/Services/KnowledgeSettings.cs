namespace VoiceFunctions.Core.Settings.Services;

/// <summary>Where the tenants' documents are kept: in a folder or in Azure AI Search.</summary>
public abstract record KnowledgeSettings
{
    private KnowledgeSettings()
    {
    }

    /// <summary>A folder of this machine.</summary>
    /// <param name="Path">The folder; it is made where it is not there.</param>
    public sealed record Folder(string Path) : KnowledgeSettings;

    /// <summary>An index of Azure AI Search.</summary>
    /// <param name="Endpoint">The service.</param>
    /// <param name="Index">The index.</param>
    public sealed record AzureSearch(Uri Endpoint, string Index) : KnowledgeSettings
    {
        /// <summary>A key of the service; <c>null</c> for the managed identity.</summary>
        public string? Key { get; init; }

        /// <summary>The user-assigned identity; <c>null</c> for the default one.</summary>
        public string? ClientId { get; init; }

        /// <summary>The semantic configuration; <c>null</c> for none.</summary>
        public string? SemanticConfiguration { get; init; }

        /// <summary>What makes vectors of documents and questions; <c>null</c> for questions by words alone.</summary>
        public EmbeddingSettings? Embeddings { get; init; }

        /// <inheritdoc/>
        public override string ToString() => $"Azure AI Search, index {Index}";
    }
}
