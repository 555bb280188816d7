using System.Text;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>The journal and LiveKit answer now.</summary>
public sealed class ReadyHandler(ICallJournal journal, ILiveKitApi liveKit) : IGatewayHandler
{
    private const string Ok = "ok";
    private const string Refused = "refused";
    private const string Unreachable = "unreachable";

    private static readonly string[] NoSuchRoom = ["readyz"];

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Ready;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var journalAnswer = journal.IsReachableAsync(cancellationToken).AsTask();
        var liveKitAnswer = liveKit.ListRoomsAsync(NoSuchRoom, cancellationToken);
        var journalWord = await journalAnswer ? Ok : Unreachable;
        var liveKitWord = WordFor(await liveKitAnswer);
        var status = journalWord == Ok ? liveKitWord : journalWord;
        var body = $$"""{"status":"{{status}}","journal":"{{journalWord}}","livekit":"{{liveKitWord}}"}""";
        return new GatewayResponse(status == Ok ? 200 : 503, "application/json", Encoding.UTF8.GetBytes(body));
    }

    /// <summary>A refused key and an unreachable LiveKit have different words, because they have different cures.</summary>
    private static string WordFor(LiveKitOutcome<IReadOnlyList<LiveKitRoom>> answer) => answer switch
    {
        LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok => Ok,
        LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Refused { Error.HttpStatus: 401 or 403 } => Refused,
        _ => Unreachable,
    };
}
