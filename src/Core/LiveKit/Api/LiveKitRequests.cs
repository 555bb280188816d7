using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Api;

internal sealed record ListRoomsRequest(IReadOnlyList<string> Names);

internal sealed record CreateRoomRequest(string Name, long EmptyTimeout, long DepartureTimeout, string Metadata);

internal sealed record RoomRequest(string Room);

internal sealed record ParticipantRequest(string Room, string Identity);

internal sealed record CreateDispatchRequest(string Room, string AgentName, string Metadata);

internal sealed record DispatchRequest(string Room, string DispatchId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListRoomsRequest))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(ParticipantRequest))]
[JsonSerializable(typeof(CreateDispatchRequest))]
[JsonSerializable(typeof(DispatchRequest))]
[JsonSerializable(typeof(CreateSipParticipantRequest))]
internal sealed partial class LiveKitRequestJson : JsonSerializerContext;
