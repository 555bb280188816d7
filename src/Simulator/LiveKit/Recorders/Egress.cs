using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;

namespace VoiceFunctions.Simulator.LiveKit.Recorders;

/// <summary>A recording. <see cref="EgressService"/> guards what can change of it.</summary>
internal sealed class Egress(string id, Room room, EgressOrder order, RecordingTruth truth)
{
    public string Id { get; } = id;

    public Room Room { get; } = room;

    public EgressOrder Order { get; } = order;

    public RecordingTruth Truth { get; } = truth;

    public string Status { get; set; } = LiveKitEgressStatus.Starting;

    public string Error { get; set; } = "";

    public int ErrorCode { get; set; }

    public string Details { get; set; } = "";

    public DateTimeOffset StartedAt { get; set; } = truth.AskedAt;

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; } = truth.AskedAt;

    /// <summary>The recorder's participant; <c>null</c> before it records.</summary>
    public Participant? Participant { get; set; }

    /// <summary>What happens to it next by itself.</summary>
    public ITimer? Next { get; set; }

    /// <summary>How long it recorded.</summary>
    public TimeSpan Duration => Truth.RecordsFrom is { } from && Truth.OverAt is { } to ? to - from : TimeSpan.Zero;

    /// <summary>Whether its file is there.</summary>
    public bool HasFile => LiveKitEgressStatus.HasFile(Status);
}

/// <summary>What was asked for: a track, or all of the room; the file; and which store it goes to, without its keys.</summary>
/// <param name="RoomName">The room.</param>
/// <param name="Track">The track; <c>null</c> for all of the room.</param>
/// <param name="Path">The file's path.</param>
/// <param name="FileType">The file's type, where it is encoded; otherwise empty.</param>
/// <param name="Store">The store's address, to which the path is added.</param>
internal sealed record EgressOrder(string RoomName, string? Track, string Path, string FileType, EgressStore Store);

/// <summary>Which store a file goes to.</summary>
/// <param name="IsAzure">Whether it is Azure Blob Storage; otherwise S3.</param>
/// <param name="Container">The container or the bucket.</param>
/// <param name="Root">The address to which a file's path is added.</param>
internal sealed record EgressStore(bool IsAzure, string Container, string Root);
