namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>A recording as its webhooks describe it.</summary>
public sealed record LiveKitEgress
{
    /// <summary>The recording's id (<c>EG_…</c>).</summary>
    public string EgressId { get; init; } = "";

    /// <summary>The session of the room that is recorded (<c>RM_…</c>).</summary>
    public string RoomId { get; init; } = "";

    /// <summary>The name of the room that is recorded.</summary>
    public string RoomName { get; init; } = "";

    /// <summary><c>EGRESS_STARTING</c> (what a missing status means), <c>EGRESS_ACTIVE</c>, <c>EGRESS_COMPLETE</c>, <c>EGRESS_FAILED</c>, …</summary>
    public string Status { get; init; } = "EGRESS_STARTING";

    /// <summary>Why it failed; empty where it did not.</summary>
    public string Error { get; init; } = "";
}
