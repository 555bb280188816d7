using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>What is measured of a call when its happenings are told, which each is once.</summary>
internal static class CallMeasurements
{
    public static void Told(LifecycleEvent happening, CallState state)
    {
        switch (happening.Name)
        {
            case LifecycleEventName.CallStarted:
                GatewayMeter.CallStarted.Add(1);
                break;
            case LifecycleEventName.AgentDispatched when happening.Epoch == 1 && state.CallerSince is { } joined && happening.At >= joined:
                GatewayMeter.AgentDispatchLatency.Record((happening.At - joined).TotalSeconds);
                break;
            case LifecycleEventName.CallEnded:
                GatewayMeter.CallEnded.Add(1, new KeyValuePair<string, object?>("cause", happening.Cause));
                GatewayMeter.CallDuration.Record((happening.At - state.FirstEventAt).TotalSeconds);
                TellSilence(state, happening.Cause);
                break;
        }
    }

    private static void TellSilence(CallState state, string? cause)
    {
        if (state.CallerSince is { } joined && state.Agents.Min(leg => leg.Audio?.At) is { } spoke)
        {
            GatewayMeter.AgentSilence.Record(spoke > joined ? (spoke - joined).TotalSeconds : 0);
        }

        if (CallSilence.Total(state) is { } silence)
        {
            GatewayMeter.CallSilence.Record(silence.TotalSeconds, new KeyValuePair<string, object?>("cause", cause));
        }
    }
}
