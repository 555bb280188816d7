using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

public sealed class KnowledgeSettingsTests
{
    [Fact]
    public void Without_a_place_there_is_none() => Assert.Null(Read().Place);

    [Fact]
    public void A_folder_is_a_place() =>
        Assert.Equal(new KnowledgeSettings.Folder("/data/knowledge"), Read((KnowledgeSettingNames.KnowledgePath, "/data/knowledge")).Place);

    [Fact]
    public void A_search_service_is_a_place_and_prints_no_key()
    {
        var (place, errors) = Read(
            (KnowledgeSettingNames.SearchEndpoint, "https://name.search.windows.net"),
            (KnowledgeSettingNames.SearchIndex, "voice-knowledge"),
            (KnowledgeSettingNames.SearchKey, "hunter2"),
            (KnowledgeSettingNames.SearchSemantic, "default"),
            (SettingNames.AzureClientId, "identity"));

        Assert.Empty(errors);
        var service = Assert.IsType<KnowledgeSettings.AzureSearch>(place);
        Assert.Equal(
            (new Uri("https://name.search.windows.net/"), "voice-knowledge", "hunter2", "default", "identity"),
            (service.Endpoint, service.Index, service.Key, service.SemanticConfiguration, service.ClientId));
        Assert.DoesNotContain("hunter2", $"{service}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_service_may_have_a_service_of_embeddings()
    {
        var (place, errors) = Read(
            (KnowledgeSettingNames.SearchEndpoint, "https://name.search.windows.net"),
            (KnowledgeSettingNames.SearchIndex, "voice-knowledge"),
            (KnowledgeSettingNames.EmbeddingsUrl, "https://api.openai.com/v1/embeddings"),
            (KnowledgeSettingNames.EmbeddingsKey, "hunter2"),
            (KnowledgeSettingNames.EmbeddingsModel, "small"));

        Assert.Empty(errors);
        var embeddings = Assert.IsType<KnowledgeSettings.AzureSearch>(place).Embeddings!;
        Assert.Equal(new EmbeddingSettings(new Uri("https://api.openai.com/v1/embeddings"), "hunter2", "small"), embeddings);
        Assert.DoesNotContain("hunter2", $"{embeddings} {place}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KNOWLEDGE_EMBEDDINGS_URL needs AZURE_SEARCH_ENDPOINT", KnowledgeSettingNames.EmbeddingsUrl, "https://e.example.com/v1")]
    [InlineData("KNOWLEDGE_EMBEDDINGS_URL and KNOWLEDGE_EMBEDDINGS_KEY must be set together",
        KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net", KnowledgeSettingNames.SearchIndex, "index",
        KnowledgeSettingNames.EmbeddingsModel, "small")]
    [InlineData("KNOWLEDGE_EMBEDDINGS_URL must be an https URL with a path, and without a fragment",
        KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net", KnowledgeSettingNames.SearchIndex, "index",
        KnowledgeSettingNames.EmbeddingsUrl, "http://e.example.com/v1", KnowledgeSettingNames.EmbeddingsKey, "hunter2")]
    [InlineData("KNOWLEDGE_PATH and AZURE_SEARCH_ENDPOINT cannot both be set",
        KnowledgeSettingNames.KnowledgePath, "/data", KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net",
        KnowledgeSettingNames.SearchIndex, "index")]
    [InlineData("KNOWLEDGE_PATH must be a path", KnowledgeSettingNames.KnowledgePath, "a\0b")]
    [InlineData("AZURE_SEARCH_INDEX is missing: it goes with AZURE_SEARCH_ENDPOINT",
        KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net")]
    [InlineData("AZURE_SEARCH_INDEX needs AZURE_SEARCH_ENDPOINT", KnowledgeSettingNames.SearchIndex, "index")]
    [InlineData("AZURE_SEARCH_KEY needs AZURE_SEARCH_ENDPOINT", KnowledgeSettingNames.SearchKey, "hunter2")]
    [InlineData("AZURE_SEARCH_ENDPOINT must be an https URL without path, query or fragment",
        KnowledgeSettingNames.SearchEndpoint, "http://n.search.windows.net", KnowledgeSettingNames.SearchIndex, "index")]
    [InlineData("AZURE_SEARCH_ENDPOINT must be an https URL without path, query or fragment",
        KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net/indexes", KnowledgeSettingNames.SearchIndex, "index")]
    [InlineData("AZURE_SEARCH_INDEX must be 2 to 128 lower-case letters, digits and single dashes",
        KnowledgeSettingNames.SearchEndpoint, "https://n.search.windows.net", KnowledgeSettingNames.SearchIndex, "My Index")]
    public void What_is_wrong_is_named_and_no_value(string error, params string[] settings) =>
        Assert.Equal([error], Read([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]).Errors);

    private static (KnowledgeSettings? Place, List<string> Errors) Read(params (string Name, string Value)[] settings)
    {
        var errors = new List<string>();
        var values = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        return (new KnowledgeSettingsReader(values.GetValueOrDefault, errors).Read(), errors);
    }
}
