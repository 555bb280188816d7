using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Knowledge.Lexical;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class KnowledgeServicesTests
{
    [Fact]
    public void Without_a_place_the_app_keeps_no_documents() => Assert.Null(StoreOf());

    [Fact]
    public void With_a_folder_the_app_keeps_them_there() =>
        Assert.IsType<LexicalKnowledge>(StoreOf((KnowledgeSettingNames.KnowledgePath, "/nonexistent/knowledge")));

    [Fact]
    public void With_a_search_service_the_app_keeps_them_there() => Assert.IsType<SearchServiceKnowledge>(StoreOf(
        (KnowledgeSettingNames.SearchEndpoint, "https://name.search.windows.net"), (KnowledgeSettingNames.SearchIndex, "voice-knowledge")));

    private static IKnowledgeStore? StoreOf(params (string Name, string? Value)[] changes)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddGateway(World.Settings.Read(changes));
        using var provider = services.BuildServiceProvider();
        return provider.GetService<IKnowledgeStore>();
    }
}
