using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Telemetry;

/// <summary>Every metric of the gateway, in one place. A test compares them with the approved list and with what is recorded.</summary>
public static class GatewayMetrics
{
    /// <summary>The name of the gateway's one meter and of its one activity source.</summary>
    public const string SourceName = "VoiceFunctions";

    /// <summary>Webhooks that came in.</summary>
    public static Metric WebhookReceived { get; } = new("voicefunctions.webhook.received", "{webhook}", ["source", "outcome"], "A webhook was answered: ok, refused, not_recorded or failed.");

    /// <summary>How long senders of webhooks waited.</summary>
    public static Metric WebhookDuration { get; } = new("voicefunctions.webhook.duration", "s", ["source"], "From the first line of the gateway to its answer.");

    /// <summary>Webhooks that were not let in.</summary>
    public static Metric WebhookRefused { get; } = new("voicefunctions.webhook.refused", "{webhook}", ["source", "reason"], "A webhook was refused: bad_signature, unsupported_media_type, too_large or wrong_method.");

    /// <summary>Calls that began.</summary>
    public static Metric CallStarted { get; } = new("voicefunctions.call.started", "{call}", [], "CALL_STARTED was told.");

    /// <summary>Calls that ended.</summary>
    public static Metric CallEnded { get; } = new("voicefunctions.call.ended", "{call}", ["cause"], "CALL_ENDED was told, with its cause.");

    /// <summary>How long calls were.</summary>
    public static Metric CallDuration { get; } = new("voicefunctions.call.duration", "s", [], "From the first word of a call to its end.");

    /// <summary>How long a caller waited for the order of an agent.</summary>
    public static Metric AgentDispatchLatency { get; } = new("voicefunctions.agent.dispatch.latency", "s", [], "From the caller's joining to the first agent's dispatch.");

    /// <summary>How long a caller heard nobody.</summary>
    public static Metric AgentSilence { get; } = new("voicefunctions.agent.silence", "s", [], "From the caller's joining to the first agent's audio; told when the call ends, for calls that had an agent who spoke.");

    /// <summary>How long a caller heard nobody in all.</summary>
    public static Metric CallSilence { get; } = new(
        "voicefunctions.call.silence",
        "s",
        ["cause"],
        "Seconds in which the caller was in the room and heard nobody, before the first agent and after a lost one; told when the call ends, "
            + "with its cause.");

    /// <summary>How long effects took.</summary>
    public static Metric EffectDuration { get; } = new("voicefunctions.effect.duration", "s", ["effect", "result"], "One attempt at an effect: done, try_again or gave_up.");

    /// <summary>How many calls are open.</summary>
    public static Metric CallsOpen { get; } = new("voicefunctions.calls.open", "{call}", [], "Calls that the journal holds open, counted by each sweep.");

    /// <summary>How many calls' workflows lag behind.</summary>
    public static Metric CallsOverdue { get; } = new("voicefunctions.calls.overdue", "{call}", [], "Calls of which a sweep took a step because nobody else had.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [WebhookReceived, WebhookDuration, WebhookRefused, CallStarted, CallEnded, CallDuration, AgentDispatchLatency, AgentSilence, CallSilence, EffectDuration, CallsOpen, CallsOverdue];
}
