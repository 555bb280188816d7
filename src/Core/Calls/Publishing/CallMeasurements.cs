using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>What is measured of a call when its lifecycle events are published, each once.</summary>
internal static class CallMeasurements
{
    public static void Published(LifecycleEvent lifecycleEvent, CallState state)
    {
        GatewayMeter.CallEvents.Add(1, new KeyValuePair<string, object?>("event_type", TypeOf(lifecycleEvent.Name)));
        switch (lifecycleEvent.Name)
        {
            case LifecycleEventName.ParticipantJoined:
                GatewayMeter.Connections.Add(1, new KeyValuePair<string, object?>("status", "connected"));
                break;
            case LifecycleEventName.ParticipantLeft:
                GatewayMeter.Connections.Add(1, new KeyValuePair<string, object?>("status", "disconnected"));
                break;
            case LifecycleEventName.QualityWarning:
                GatewayMeter.QualityWarnings.Add(1, new KeyValuePair<string, object?>("measure", lifecycleEvent.Cause));
                break;
            case LifecycleEventName.CallStarted:
                GatewayMeter.CallStarted.Add(1);
                break;
            case LifecycleEventName.AgentDispatched
                when lifecycleEvent.Epoch == 1 && state.CallerSince is { } joined && lifecycleEvent.At >= joined:
                GatewayMeter.AgentDispatchLatency.Record((lifecycleEvent.At - joined).TotalSeconds);
                break;
            case LifecycleEventName.CallEnded:
                GatewayMeter.CallEnded.Add(1, new KeyValuePair<string, object?>("cause", lifecycleEvent.Cause));
                GatewayMeter.CallDuration.Record((lifecycleEvent.At - state.FirstEventAt).TotalSeconds);
                RecordSilence(state, lifecycleEvent.Cause);
                break;
            case LifecycleEventName.RoomDeleted:
                RecordWaste("surplus_agents", CallWaste.SurplusAgents(state, lifecycleEvent.At));
                RecordWaste("agents_alone", CallWaste.AgentsAlone(state, lifecycleEvent.At));
                RecordWaste("ghost_room", CallWaste.GhostRoom(state, lifecycleEvent.At));
                break;
        }
    }

    /// <summary>The three words that dashboards of the gateway before this one know, and the names of all other events.</summary>
    private static string TypeOf(string name) => name switch
    {
        LifecycleEventName.CallStarted => "started",
        LifecycleEventName.CallEnded => "ended",
        LifecycleEventName.HandoffRequested => "handoff",
        _ => name.ToLowerInvariant(),
    };

    private static void RecordWaste(string kind, TimeSpan time) =>
        GatewayMeter.CallWaste.Record(time.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));

    private static void RecordSilence(CallState state, string? cause)
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
