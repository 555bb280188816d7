using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>The store before its routes: where there is none, and where it does not answer, they say so.</summary>
/// <param name="store">The store; <c>null</c> where the host has none.</param>
/// <param name="logger">Gets what senders must not see.</param>
internal sealed partial class KnowledgeDesk(IKnowledgeStore? store, ILogger<KnowledgeDesk> logger)
{
    /// <summary>Asks the store.</summary>
    public async ValueTask<GatewayResponse> AskAsync(Func<IKnowledgeStore, Task<GatewayResponse>> ask)
    {
        if (store is null)
        {
            return Problem.KnowledgeOff;
        }

        try
        {
            return await ask(store);
        }
        catch (KnowledgeUnavailableException away)
        {
            LogAway(away);
            return Problem.KnowledgeUnavailable;
        }
    }

    [LoggerMessage(1661, LogLevel.Error, "The store of documents does not answer")]
    private partial void LogAway(Exception exception);
}
