namespace VoiceFunctions.Core.Telemetry;

/// <summary>Every metric of the gateway, in one place. A test compares them with the approved list and with what is recorded.</summary>
public static class GatewayMetrics
{
    /// <summary>The name of the gateway's one meter and of its one activity source.</summary>
    public const string SourceName = "VoiceFunctions";

    /// <summary>Webhooks that were answered.</summary>
    public static Metric WebhookReceived { get; } = new(
        "voicefunctions.webhook.received",
        "{webhook}",
        ["source", "outcome"],
        "A webhook was answered: ok, refused, not_recorded or failed.");

    /// <summary>How long a webhook's sender waited, in seconds.</summary>
    public static Metric WebhookDuration { get; } =
        new("voicefunctions.webhook.duration", "s", ["source"], "From the first line of the gateway to its answer.");

    /// <summary>Webhooks that were refused.</summary>
    public static Metric WebhookRefused { get; } = new(
        "voicefunctions.webhook.refused",
        "{webhook}",
        ["source", "reason"],
        "A webhook was refused: bad_signature, unsupported_media_type, too_large or wrong_method.");

    /// <summary>Webhooks of rooms that are not ours.</summary>
    public static Metric WebhooksForeign { get; } = new(
        "voicefunctions.webhook.foreign",
        "{webhook}",
        [],
        "An authentic webhook of LiveKit was about a room that is not ours, and was left alone.");

    /// <summary>Events of calls that were counted and not stored.</summary>
    public static Metric EventsOmitted { get; } = new(
        "voicefunctions.events.omitted",
        "{event}",
        ["reason"],
        "An authentic event was not stored: too_many_facts, too_many_notes, too_many_tracks or too_large.");

    /// <summary>LiveKit tokens that were refused, with the reason that nobody outside is told.</summary>
    public static Metric TokenRefused { get; } = new(
        "voicefunctions.token.refused",
        "{token}",
        ["door", "reason"],
        "A LiveKit token was refused at the door webhook or lease, such as for bad_signature, expired or lives_too_long.");

    /// <summary>Agents' jobs that were not given the lease.</summary>
    public static Metric AgentLeaseRefused { get; } = new(
        "voicefunctions.agent.lease.refused",
        "{request}",
        ["reason"],
        "A request with a valid token was not granted the lease: not_its_own_token, other_room, unknown_call, wrong_fence, taken, "
            + "superseded or undecided.");

    /// <summary>Requests for calls and proofs that were refused.</summary>
    public static Metric DiagnosticsRefused { get; } = new(
        "voicefunctions.diagnostics.refused",
        "{request}",
        ["reason"],
        "A request for a call or its proof was refused by its key: wrong, missing or no_key_set.");

    /// <summary>Requests of the API that were refused.</summary>
    public static Metric ApiRefused { get; } = new(
        "voicefunctions.api.refused",
        "{request}",
        ["reason"],
        "A request of the API was refused by its access token: missing, not_valid or no_key_set.");

    /// <summary>Calls that began.</summary>
    public static Metric CallStarted { get; } = new("voicefunctions.call.started", "{call}", [], "CALL_STARTED was published.");

    /// <summary>How many calls were let in, or not.</summary>
    public static Metric CallScreened { get; } = new(
        "voicefunctions.call.screened",
        "{call}",
        ["action", "reason"],
        "It was decided whether a call gets an agent: accept, agent, human, message or reject, and why.");

    /// <summary>How many calls ended.</summary>
    public static Metric CallEnded { get; } = new(
        "voicefunctions.call.ended",
        "{call}",
        ["cause"],
        "CALL_ENDED was published, with its cause.");

    /// <summary>How long calls lasted, in seconds.</summary>
    public static Metric CallDuration { get; } = new("voicefunctions.call.duration", "s", [], "From a call's first event to its end.");

    /// <summary>How long a caller waited for the first agent's dispatch, in seconds.</summary>
    public static Metric AgentDispatchLatency { get; } =
        new("voicefunctions.agent.dispatch.latency", "s", [], "From the caller's joining to the first agent's dispatch.");

    /// <summary>How long a caller waited for the first agent's audio, in seconds.</summary>
    public static Metric AgentSilence { get; } = new(
        "voicefunctions.agent.silence",
        "s",
        [],
        "From the caller's joining to the first agent's audio; recorded when the call ends, for calls whose agent published audio.");

    /// <summary>How long a caller heard no agent in total, in seconds.</summary>
    public static Metric CallSilence { get; } = new(
        "voicefunctions.call.silence",
        "s",
        ["cause"],
        "Seconds in which the caller was in the room and heard no agent, before the first one and after a lost one; recorded when the call "
            + "ends, with its cause.");

    /// <summary>Time of agents and rooms that served nobody, in seconds.</summary>
    public static Metric CallWaste { get; } = new(
        "voicefunctions.call.waste",
        "s",
        ["kind"],
        "Seconds that served nobody, recorded when the room is deleted: surplus_agents, agents_alone or ghost_room; an agent's last words "
            + "are a part of them.");

    /// <summary>How long one attempt at an effect took, in seconds.</summary>
    public static Metric EffectDuration { get; } =
        new("voicefunctions.effect.duration", "s", ["effect", "result"], "One attempt at an effect: done, try_again or gave_up.");

    /// <summary>How long tools took, in seconds.</summary>
    public static Metric ToolDuration { get; } = new(
        "voicefunctions.tool.duration",
        "s",
        ["tool", "outcome"],
        "A tool's backend was asked, retries included: done, refused, failed, timed_out, unavailable or bad_answer.");

    /// <summary>Uses of tools that were refused.</summary>
    public static Metric ToolRefused { get; } = new(
        "voicefunctions.tool.refused",
        "{request}",
        ["reason"],
        "A use of a tool was refused, and no backend was asked: unknown_tool, bad_arguments, reused_id, too_many or call_over.");

    /// <summary>How many calls are open.</summary>
    public static Metric CallsOpen { get; } =
        new("voicefunctions.calls.open", "{call}", [], "Calls that the journal holds open, counted by each sweep.");

    /// <summary>How many calls the last sweep advanced because their workflows were late.</summary>
    public static Metric CallsOverdue { get; } = new(
        "voicefunctions.calls.overdue",
        "{call}",
        [],
        "Calls that a sweep advanced because their workflow was late.");

    /// <summary>How often another clock left the one that calls are decided by.</summary>
    public static Metric ClockStrayed { get; } = new(
        "voicefunctions.clock.strayed",
        "{event}",
        ["clock"],
        "The host's wall clock or the journal's came to stand more than 10 s from the time that calls are decided by: wall or journal.");

    /// <summary>Spikes of a leg's quality.</summary>
    public static Metric QualityWarnings { get; } = new(
        "voicefunctions.quality.warnings",
        "{warning}",
        ["measure"],
        "QUALITY_WARNING was published: jitter, loss, delay, latency, turn_end, llm_ttft or tts_ttfb was far above its baseline.");

    /// <summary>How long packets take and how unevenly they come, and how long agents take, in seconds.</summary>
    public static Metric QualityTime { get; } = new(
        "voicefunctions.quality.time",
        "s",
        ["measure", "role"],
        "A value that was reported of a participant: jitter, delay, latency, turn_end, llm_ttft or tts_ttfb, by the participant's role.");

    /// <summary>Which share of the packets was lost, from 0 to 1.</summary>
    public static Metric QualityLoss { get; } = new(
        "voicefunctions.quality.loss", "1", ["role"], "The share of lost packets between two reports of a participant, by its role.");

    /// <summary>Requests that were answered.</summary>
    public static Metric Requests { get; } = new(
        "gateway.requests",
        "{request}",
        ["method", "endpoint"],
        "A request was answered; the endpoint is the route's template, or none.");

    /// <summary>How long requests took, in seconds.</summary>
    public static Metric RequestDuration { get; } =
        new("gateway.request.duration", "s", [], "From the first line of the gateway to the answer of a request.");

    /// <summary>Connections of participants to LiveKit.</summary>
    public static Metric Connections { get; } = new(
        "gateway.ws.connections",
        "{connection}",
        ["status"],
        "A participant of a call connected to LiveKit, whose the WebSocket is, or disconnected: connected or disconnected.");

    /// <summary>What happened to calls.</summary>
    public static Metric CallEvents { get; } = new(
        "gateway.call.events",
        "{event}",
        ["event_type"],
        "A lifecycle event was published: started, ended, handoff, or the name of another one in lower case.");

    /// <summary>How long a question to a tenant's documents took, in seconds.</summary>
    public static Metric KnowledgeQueryDuration { get; } =
        new("voicefunctions.knowledge.query.duration", "s", ["outcome"], "A question to a tenant's documents: ok, unavailable or failed.");

    /// <summary>How many passages a question found.</summary>
    public static Metric KnowledgeHits { get; } =
        new("voicefunctions.knowledge.hits", "{passage}", [], "The passages that a question found; none where it has no answer.");

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        WebhookReceived, WebhookDuration, WebhookRefused, WebhooksForeign, EventsOmitted, TokenRefused, AgentLeaseRefused,
        DiagnosticsRefused,
        ApiRefused,
        CallStarted, CallScreened,
        CallEnded, CallDuration, AgentDispatchLatency, AgentSilence, CallSilence, CallWaste, EffectDuration, CallsOpen, CallsOverdue,
        ClockStrayed, ToolDuration, ToolRefused, QualityWarnings, QualityTime, QualityLoss,
        Requests, RequestDuration, Connections, CallEvents, KnowledgeQueryDuration, KnowledgeHits,
    ];
}
