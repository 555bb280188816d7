namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>A recording as its webhooks describe it.</summary>
public sealed record LiveKitEgress
{
    /// <summary>The recording's id (<c>EG_…</c>).</summary>
    public string EgressId { get; init; } = "";

    /// <summary>The sid of the recorded room (<c>RM_…</c>).</summary>
    public string RoomId { get; init; } = "";

    /// <summary>The name of the recorded room.</summary>
    public string RoomName { get; init; } = "";

    /// <summary>
    /// <c>EGRESS_STARTING</c> (also the meaning of a missing status), <c>EGRESS_ACTIVE</c>,
    /// <c>EGRESS_COMPLETE</c>, <c>EGRESS_FAILED</c>, …
    /// </summary>
    public string Status { get; init; } = "EGRESS_STARTING";

    /// <summary>The error of a failed recording; otherwise empty.</summary>
    public string Error { get; init; } = "";
}
