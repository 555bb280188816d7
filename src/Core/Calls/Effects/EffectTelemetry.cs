using System.Diagnostics;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>Watches one attempt at an effect.</summary>
internal readonly struct EffectTelemetry : IDisposable
{
    private readonly string effect;
    private readonly long began;
    private readonly Activity? span;

    private EffectTelemetry(string effect, CallId callId)
    {
        this.effect = effect;
        began = Stopwatch.GetTimestamp();
        span = GatewaySpans.Effect(effect, callId);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="claimKey">The key of the effect's first claim; the word before its colon is the effect's name.</param>
    /// <param name="callId">The call.</param>
    public static EffectTelemetry Begin(string claimKey, CallId callId) => new(claimKey.Split(':', 2)[0], callId);

    public void Came(EffectOutcome outcome)
    {
        var result = outcome switch
        {
            EffectOutcome.Done => "done",
            EffectOutcome.TryAgain => "try_again",
            EffectOutcome.GaveUp => "gave_up",
            _ => throw new UnreachableException(),
        };
        GatewayMeter.EffectDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("effect", effect), new("result", result));
        span
            ?.SetTag("voicefunctions.result", result)
            .SetStatus(outcome is EffectOutcome.GaveUp ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    public void Dispose() => span?.Dispose();
}
