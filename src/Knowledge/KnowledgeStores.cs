using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Knowledge.Lexical;

namespace VoiceFunctions.Knowledge;

/// <summary>The store that settings name.</summary>
public static class KnowledgeStores
{
    /// <summary>The store; <c>null</c> where the settings name none. Nothing is opened or asked yet.</summary>
    public static IKnowledgeStore? Of(KnowledgeSettings? settings, ILoggerFactory loggers) => settings switch
    {
        KnowledgeSettings.Folder folder => LexicalKnowledge.InFolder(folder.Path),
        KnowledgeSettings.AzureSearch service => SearchServiceKnowledge.Create(service, loggers.CreateLogger<SearchServiceKnowledge>()),
        null => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
