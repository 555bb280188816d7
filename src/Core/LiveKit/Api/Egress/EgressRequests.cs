using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.LiveKit.Api.Egress;

/// <summary>The requests about recordings in LiveKit's format; fields that are not set are left out.</summary>
internal static class EgressRequests
{
    /// <summary>The method and the body that start a recording. No manifest is written beside the file.</summary>
    public static (string Method, byte[] Body) Start(LiveKitEgressRequest request)
    {
        var file = new FileOutput(request.Path, DisableManifest: true, AzureOf(request.Target), S3Of(request.Target));
        return request.TrackSid is { } track
            ? ("Egress/StartTrackEgress", Json(new TrackRequest(request.Room, track, file), EgressRequestJson.Default.TrackRequest))
            : ("Egress/StartRoomCompositeEgress", Json(
                new RoomCompositeRequest(request.Room, AudioOnly: true, [file with { FileType = TypeOf(request.Path) }]),
                EgressRequestJson.Default.RoomCompositeRequest));
    }

    public static byte[] Stop(string egressId) => Json(new StopRequest(egressId), EgressRequestJson.Default.StopRequest);

    public static byte[] List(string room) => Json(new ListRequest(room), EgressRequestJson.Default.ListRequest);

    private static string TypeOf(string path) => path[(path.LastIndexOf('.') + 1)..].ToUpperInvariant();

    private static AzureUpload? AzureOf(LiveKitFileTarget target) =>
        target is LiveKitFileTarget.Azure azure ? new AzureUpload(azure.Account, azure.Key, azure.Container) : null;

    private static S3Upload? S3Of(LiveKitFileTarget target) => target is LiveKitFileTarget.S3 s3
        ? new S3Upload(s3.AccessKey, s3.Secret, s3.Region, s3.Endpoint, s3.Bucket, s3.ForcePathStyle)
        : null;

    private static byte[] Json<T>(T request, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(request, type);
}

internal sealed record TrackRequest(string RoomName, string TrackId, FileOutput File);

internal sealed record RoomCompositeRequest(string RoomName, bool AudioOnly, IReadOnlyList<FileOutput> FileOutputs);

internal sealed record FileOutput(string Filepath, bool DisableManifest, AzureUpload? Azure, S3Upload? S3)
{
    public string? FileType { get; init; }
}

internal sealed record AzureUpload(string AccountName, string AccountKey, string ContainerName);

internal sealed record S3Upload(string AccessKey, string Secret, string? Region, string? Endpoint, string Bucket, bool ForcePathStyle);

internal sealed record StopRequest(string EgressId);

internal sealed record ListRequest(string RoomName);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrackRequest))]
[JsonSerializable(typeof(RoomCompositeRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(ListRequest))]
internal sealed partial class EgressRequestJson : JsonSerializerContext;
