namespace VoiceFunctions.Core.Settings;

/// <summary>The settings that say where the tenants' documents are kept; a part of <see cref="SettingNames"/>.</summary>
public static class KnowledgeSettingNames
{
    /// <summary>The folder of the tenants' documents.</summary>
    public const string KnowledgePath = "KNOWLEDGE_PATH";

    /// <summary>The search service of the tenants' documents.</summary>
    public const string SearchEndpoint = "AZURE_SEARCH_ENDPOINT";

    /// <summary>Its index.</summary>
    public const string SearchIndex = "AZURE_SEARCH_INDEX";

    /// <summary>Its key.</summary>
    public const string SearchKey = "AZURE_SEARCH_KEY";

    /// <summary>The semantic configuration of the index.</summary>
    public const string SearchSemantic = "AZURE_SEARCH_SEMANTIC_CONFIGURATION";

    /// <summary>What makes vectors of documents and questions.</summary>
    public const string EmbeddingsUrl = "KNOWLEDGE_EMBEDDINGS_URL";

    /// <summary>Its key.</summary>
    public const string EmbeddingsKey = "KNOWLEDGE_EMBEDDINGS_KEY";

    /// <summary>Its model.</summary>
    public const string EmbeddingsModel = "KNOWLEDGE_EMBEDDINGS_MODEL";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(
            KnowledgePath,
            SettingNeed.Optional,
            "in memory; on Azure, none",
            "The folder with the tenants' documents and their index. Without it, `./run.sh` keeps documents in memory. A function app "
                + "then keeps none, unless `AZURE_SEARCH_ENDPOINT` is set."),
        new(
            SearchEndpoint,
            SettingNeed.Optional,
            null,
            "The Azure AI Search service that keeps documents instead, such as `https://name.search.windows.net`. Set it together with "
                + "`AZURE_SEARCH_INDEX`."),
        new(SearchIndex, SettingNeed.Optional, null, "The index in that service. [Knowledge](docs/knowledge.md) says how to create it."),
        new(SearchKey, SettingNeed.Optional, "the managed identity", "An admin key of that service.") { IsSecret = true },
        new(
            SearchSemantic,
            SettingNeed.Optional,
            null,
            "The semantic configuration of that index, if Azure AI Search is to rank its results a second time."),
        new(
            EmbeddingsUrl,
            SettingNeed.Optional,
            "search by words only",
            "The embeddings API of OpenAI or Azure OpenAI, which makes vectors for Azure AI Search: "
                + "`https://api.openai.com/v1/embeddings`, or "
                + "`https://NAME.openai.azure.com/openai/deployments/NAME/embeddings?api-version=…`."),
        new(EmbeddingsKey, SettingNeed.Optional, null, "The key of that API.") { IsSecret = true },
        new(EmbeddingsModel, SettingNeed.Optional, null, "The model, if the URL does not name it."),
    ];
}
