using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>Stops recordings, all of them at one time. That one is over already is success.</summary>
public sealed class RecordingStopper(ILiveKitApi liveKit)
{
    /// <summary>How often it is tried after the end of the call: the end of the room ends the recording, too.</summary>
    public const int MaxAttemptsAfterEnd = 5;

    private const string OverAlready = "failed_precondition";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Stops the recordings of an effect. Those that stopped are not stopped again.</summary>
    public async Task<EffectOutcome> StopAsync(
        EffectContext context, CallEffect.StopRecordings effect, CancellationToken cancellationToken)
    {
        var stops = await Task.WhenAll(effect.EgressIds.Select(async id => (
            Id: id,
            Came: HasEnded(context.State, id) ? null : await StopAsync(id, cancellationToken))));
        var open = stops.Where(stop => stop.Came is not null).ToList();
        if (open.Count == 0)
        {
            return new EffectOutcome.Done("stopped");
        }

        var done = stops.Where(stop => stop.Came is null).Select(stop => CallEffect.StopRecordings.ClaimPrefix + stop.Id).ToList();
        var isOver = context.State.End is not null && context.Attempt >= MaxAttemptsAfterEnd;
        var pause = TimeSpan.FromSeconds(Math.Min(context.Attempt, LongestPause.TotalSeconds));
        EffectOutcome outcome = isOver ? new EffectOutcome.GaveUp(open[0].Came!) : new EffectOutcome.TryAgain(pause, open[0].Came!);
        return outcome with { DoneKeys = done };
    }

    private static bool HasEnded(CallState state, string egressId) => state.Recordings.Find(egressId) is { GoesOn: false };

    /// <summary>Why it could not be stopped; <c>null</c> where it is over, or is ending.</summary>
    private async Task<string?> StopAsync(string egressId, CancellationToken cancellationToken) =>
        await liveKit.StopEgressAsync(egressId, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitEgress>.Ok or LiveKitOutcome<LiveKitEgress>.NotFound => null,
            LiveKitOutcome<LiveKitEgress>.Refused { Error.Code: OverAlready } => null,
            LiveKitOutcome<LiveKitEgress>.Refused => "refused",
            _ => "stop_egress",
        };
}
