using System.Text;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>
/// The journal and LiveKit answer now. Anybody may ask, so however many do, the two are asked at most once a second: who comes while they
/// are being asked waits for that answer, and who comes within the second gets the last one.
/// </summary>
public sealed class ReadyHandler(ICallJournal journal, ILiveKitApi liveKit, TimeProvider timeProvider) : IGatewayHandler
{
    private const string Ok = "ok";
    private const string Refused = "refused";
    private const string Unreachable = "unreachable";

    private static readonly string[] NoSuchRoom = ["readyz"];
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<GatewayResponse>? answer;
    private long askedAt;

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Ready;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (answer is null || (answer.IsCompleted && timeProvider.GetElapsedTime(askedAt) >= Kept))
            {
                askedAt = timeProvider.GetTimestamp();
                answer = AskAsync();
            }

            return new(answer.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Asks both. The one who caused it may go away meanwhile; both end by themselves within seconds.</summary>
    private async Task<GatewayResponse> AskAsync()
    {
        var journalAnswer = journal.IsReachableAsync(CancellationToken.None).AsTask();
        var liveKitAnswer = liveKit.ListRoomsAsync(NoSuchRoom, CancellationToken.None);
        var journalWord = await journalAnswer ? Ok : Unreachable;
        var liveKitWord = WordFor(await liveKitAnswer);
        var status = journalWord == Ok ? liveKitWord : journalWord;
        var body = $$"""{"status":"{{status}}","journal":"{{journalWord}}","livekit":"{{liveKitWord}}"}""";
        return GatewayResponse.Json(status == Ok ? 200 : 503, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>A refused key and an unreachable LiveKit have different words, because they have different cures.</summary>
    private static string WordFor(LiveKitOutcome<IReadOnlyList<LiveKitRoom>> answer) => answer switch
    {
        LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok => Ok,
        LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Refused { Error.HttpStatus: 401 or 403 } => Refused,
        _ => Unreachable,
    };
}
