namespace VoiceFunctions.Core.LiveKit.Api.Egress;

/// <summary>A recording of a room's sound, or of one audio track in it, into one file.</summary>
/// <param name="Room">The room's name; the room must live.</param>
/// <param name="Path">The file's path in the target, with the ending that says its format.</param>
/// <param name="Target">Where the file goes.</param>
public sealed record LiveKitEgressRequest(string Room, string Path, LiveKitFileTarget Target)
{
    /// <summary>The one track to record, as it is published (<c>TR_…</c>); <c>null</c> for everybody's sound in one file.</summary>
    public string? TrackSid { get; init; }

    /// <summary>Sent as <c>X-Livekit-Request-Id</c> if it is set. A server that supports it handles the same id only once.</summary>
    public string? RequestId { get; init; }
}
