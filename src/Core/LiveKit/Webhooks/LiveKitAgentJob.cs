namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>An agent's job as its webhooks describe it. The room inside it is not kept: it repeats the room's secrets.</summary>
public sealed record LiveKitAgentJob
{
    /// <summary>The job's id (<c>AJ_…</c>).</summary>
    public string Id { get; init; } = "";

    /// <summary>The dispatch that asked for it (<c>AD_…</c>).</summary>
    public string DispatchId { get; init; } = "";

    /// <summary>The agent that was asked for.</summary>
    public string AgentName { get; init; } = "";

    /// <summary><c>JS_PENDING</c> (what a missing status means), <c>JS_RUNNING</c>, <c>JS_SUCCESS</c> or <c>JS_FAILED</c>.</summary>
    public string Status { get; init; } = "JS_PENDING";

    /// <summary>Why it failed; empty where it did not.</summary>
    public string Error { get; init; } = "";
}
