using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Http;

/// <summary>The journal and LiveKit answer now.</summary>
public sealed class ReadyHandler(ICallJournal journal, ILiveKitApi liveKit) : IGatewayHandler
{
    private static readonly string[] NoSuchRoom = ["readyz"];

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Ready;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var journalAnswer = journal.IsReachableAsync(cancellationToken).AsTask();
        var liveKitAnswer = liveKit.ListRoomsAsync(NoSuchRoom, cancellationToken);
        var journalOk = await journalAnswer;
        var liveKitOk = await liveKitAnswer is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok;
        var body = $$"""{"status":"{{Word(journalOk && liveKitOk)}}","journal":"{{Word(journalOk)}}","livekit":"{{Word(liveKitOk)}}"}""";
        return new GatewayResponse(journalOk && liveKitOk ? 200 : 503, "application/json", Encoding.UTF8.GetBytes(body));
    }

    private static string Word(bool ok) => ok ? "ok" : "unreachable";
}
