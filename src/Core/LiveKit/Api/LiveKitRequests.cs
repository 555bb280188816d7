using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Api;

internal sealed record ListRoomsRequest(IReadOnlyList<string> Names);

internal sealed record CreateRoomRequest(string Name, long EmptyTimeout, long DepartureTimeout, string Metadata);

internal sealed record RoomRequest(string Room);

internal sealed record ParticipantRequest(string Room, string Identity);

internal sealed record MuteTrackRequest(string Room, string Identity, string TrackSid, bool Muted);

/// <summary>The request in LiveKit's format.</summary>
internal sealed record TransferSipParticipantRequest(
    string ParticipantIdentity,
    string RoomName,
    string TransferTo,
    bool PlayDialtone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RingingTimeout)
{
    public static TransferSipParticipantRequest Of(LiveKitTransferRequest request) => new(
        request.ParticipantIdentity,
        request.RoomName,
        request.TransferTo,
        request.PlayDialtone,
        CreateSipParticipantRequest.Duration(request.RingingTimeout));
}

internal sealed record CreateDispatchRequest(string Room, string AgentName, string Metadata);

internal sealed record DispatchRequest(string Room, string DispatchId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListRoomsRequest))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(ParticipantRequest))]
[JsonSerializable(typeof(MuteTrackRequest))]
[JsonSerializable(typeof(TransferSipParticipantRequest))]
[JsonSerializable(typeof(CreateDispatchRequest))]
[JsonSerializable(typeof(DispatchRequest))]
[JsonSerializable(typeof(CreateSipParticipantRequest))]
internal sealed partial class LiveKitRequestJson : JsonSerializerContext;
