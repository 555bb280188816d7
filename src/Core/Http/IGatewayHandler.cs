using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Http;

/// <summary>Answers one route. The router has checked the method, the size and the access before.</summary>
public interface IGatewayHandler
{
    /// <summary>The route it answers.</summary>
    GatewayRoute Route { get; }

    /// <summary>Answers a request.</summary>
    /// <exception cref="JournalUnavailableException">The event is not recorded, or what was asked for not read: 503.</exception>
    ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken);
}
