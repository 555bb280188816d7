using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.State.Recorded;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>
/// Starts a recording, once. Each StartEgress that is done records once more: so one of which nobody knows whether it was done is looked
/// for, by the name of its file, before it is done again.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="target">Where the files go; <c>null</c> where there is no place for them.</param>
public sealed class RecordingStarter(ILiveKitApi liveKit, LiveKitFileTarget? target)
{
    /// <summary>How often it is tried; the call goes on without.</summary>
    public const int MaxAttempts = 6;

    /// <summary>The call ended while it was being tried: nobody took the wish back, so that is a failure.</summary>
    private const string NeverBegan = "never_began";

    private const int LongestCode = 32;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Starts the recording of an effect, or finds the one that an earlier attempt started.</summary>
    public async Task<EffectOutcome> StartAsync(
        EffectContext context, CallEffect.StartRecording effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        var unit = RecordingFile.UnitOf(effect.Segment, effect.Track);
        if (state.Recordings.All.Where(recording => recording.File.Unit == unit).MinBy(recording => recording.Since) is { } known)
        {
            return new EffectOutcome.Done($"found:{known.EgressId}");
        }

        var route = context.Route.Timeouts.Recording;
        var isWanted = RecordingPlan.Of(state, route).Wants(effect);
        if (context.Attempt > 1 || !isWanted)
        {
            if (await liveKit.ListEgressAsync(state.Rooms.Name!, cancellationToken)
                is not LiveKitOutcome<IReadOnlyList<LiveKitEgress>>.Ok { Value: var listed })
            {
                return Later(context, "list_egress");
            }

            var facts = RecordingWatch.FactsOf(state, listed).ToList();
            if (facts.Find(fact => RecordingWatch.FileOf(fact).Unit == unit) is { } found)
            {
                return new EffectOutcome.Done($"found:{RecordingWatch.EgressOf(found)}")
                {
                    Learnt = [.. RecordingWatch.News(state, facts, context.Now)],
                };
            }
        }

        return !isWanted ? new EffectOutcome.GaveUp(state.End is null ? CallRecording.NotWanted : NeverBegan)
            : target is null ? new EffectOutcome.GaveUp("no_target")
            : await StartAsync(context, effect, target, cancellationToken);
    }

    private async Task<EffectOutcome> StartAsync(
        EffectContext context, CallEffect.StartRecording effect, LiveKitFileTarget place, CancellationToken cancellationToken)
    {
        var (state, route) = (context.State, context.Route.Timeouts.Recording!);
        var file = new RecordingFile(state.CallId.Value, effect.Segment, effect.Of!)
        {
            Track = effect.Track,
            KeepDays = route.RetentionDays,
        };
        var request = new LiveKitEgressRequest(state.Rooms.Name!, $"{file.Path}.{route.Format}", place)
        {
            TrackSid = effect.Track,
            RequestId = CallId.Digest($"recording:{state.CallId}:{file.Unit}"),
        };
        return await liveKit.StartEgressAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitEgress>.Ok { Value: var started } => new EffectOutcome.Done($"started:{started.EgressId}")
            {
                Learnt = [InferredEvents.Recording(new CallFact.RecordingStarted(started.EgressId, file), context.Now)],
            },
            LiveKitOutcome<LiveKitEgress>.Unknown => Later(context, "unknown"),
            LiveKitOutcome<LiveKitEgress>.Unavailable => Later(context, "unavailable"),
            LiveKitOutcome<LiveKitEgress>.NotFound => Later(context, "no_room"),
            LiveKitOutcome<LiveKitEgress>.Refused { Error.Code: var code } => new EffectOutcome.GaveUp($"refused{Said(code)}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What LiveKit calls the error, where that is a word of Twirp's.</summary>
    private static string Said(string code) =>
        code.Length is > 0 and <= LongestCode && code.All(letter => letter is (>= 'a' and <= 'z') or '_') ? $":{code}" : "";

    private static EffectOutcome Later(EffectContext context, string reason)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, context.Attempt), LongestPause.TotalSeconds));
        return context.Attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(pause, reason);
    }
}
