using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.LiveKit.Rooms;

namespace VoiceFunctions.Simulator.LiveKit.InMemory;

/// <summary>The simulation's rooms, participants and dispatches as Core's client of the API reads them, and back.</summary>
internal static class InMemoryShapes
{
    public static LiveKitRoom Of(Room room) => new()
    {
        Sid = room.Sid,
        Name = room.Name,
        Metadata = room.Settings.Metadata,
        CreationTimeMs = room.CreatedAt.ToUnixTimeMilliseconds(),
        EmptyTimeoutSeconds = room.Settings.EmptyTimeout,
        DepartureTimeoutSeconds = room.Settings.DepartureTimeout,
    };

    public static LiveKitDispatch Of(Dispatch dispatch) => new()
    {
        Id = dispatch.Id,
        AgentName = dispatch.AgentName,
        Room = dispatch.Room.Name,
        Metadata = dispatch.Metadata,
    };

    public static LiveKitParticipant Of(Participant participant) => new()
    {
        Sid = participant.Sid,
        Identity = participant.Identity,
        Name = participant.Name,
        Kind = participant.Kind switch
        {
            ParticipantKind.Sip => LiveKitParticipantKind.Sip,
            ParticipantKind.Agent => LiveKitParticipantKind.Agent,
            ParticipantKind.Egress => LiveKitParticipantKind.Egress,
            ParticipantKind.Connector => LiveKitParticipantKind.Connector,
            ParticipantKind.Ingress => LiveKitParticipantKind.Ingress,
            _ => LiveKitParticipantKind.Standard,
        },
        State = LiveKitParticipantState.Active,
        IsHidden = participant.IsHidden,
        Metadata = participant.Metadata,
        JoinedAtMs = participant.JoinedAt.ToUnixTimeMilliseconds(),
        Attributes = new Dictionary<string, string>(participant.Attributes),
        Tracks = [.. participant.Tracks.Select(Of)],
    };

    public static Participant Of(LiveKitParticipant participant, Room room)
    {
        var kind = participant.Kind switch
        {
            LiveKitParticipantKind.Sip => ParticipantKind.Sip,
            LiveKitParticipantKind.Agent => ParticipantKind.Agent,
            LiveKitParticipantKind.Egress => ParticipantKind.Egress,
            LiveKitParticipantKind.Connector => ParticipantKind.Connector,
            LiveKitParticipantKind.Ingress => ParticipantKind.Ingress,
            _ => ParticipantKind.Standard,
        };
        var joinedAt = DateTimeOffset.FromUnixTimeMilliseconds(participant.JoinedAtMs);
        var isDialledOut = kind == ParticipantKind.Sip && participant.Attribute(LiveKitAttributes.SipRuleId) is null;
        var status = participant.Attribute(LiveKitAttributes.SipCallStatus);
        return new Participant(room, participant.Sid, participant.Identity, kind, joinedAt, new TaskCompletionSource<string>())
        {
            Name = participant.Name,
            Metadata = participant.Metadata,
            Attributes = new(participant.Attributes.ToDictionary(), StringComparer.Ordinal),
            IsHidden = participant.IsHidden,
            IsDialledOut = isDialledOut,
            IsDialledByApi = isDialledOut && HumanIdentity.IsOne(participant.Identity),
            Voice = kind == ParticipantKind.Agent
                ? Voice.Agent
                : isDialledOut && status != LiveKitSipCallStatus.Active ? Voice.Silence : Voice.Human,
        };
    }

    public static RoomSettings SettingsOf(LiveKitRoom room) => new()
    {
        Sid = room.Sid.Length > 0 ? room.Sid : null,
        EmptyTimeout = EmptyTimeout(room.EmptyTimeoutSeconds),
        DepartureTimeout = (int)room.DepartureTimeoutSeconds,
        Metadata = room.Metadata,
    };

    public static RoomSettings SettingsOf(LiveKitRoomRequest room) => new()
    {
        EmptyTimeout = EmptyTimeout(Seconds(room.EmptyTimeout)),
        DepartureTimeout = (int)Seconds(room.DepartureTimeout),
        Metadata = room.Metadata,
    };

    public static LiveKitEgress Of(Egress egress) => new()
    {
        EgressId = egress.Id,
        RoomId = egress.Room.Sid,
        RoomName = egress.Room.Name,
        Status = egress.Status,
        Error = egress.Error,
        ErrorCode = egress.ErrorCode,
        Path = egress.Order.Path,
        Location = egress.HasFile ? $"{egress.Order.Store.Root}/{egress.Order.Path}" : "",
        SizeBytes = egress.HasFile ? EgressService.SizeOf(egress) : 0,
        DurationNs = egress.HasFile ? egress.Duration.Ticks * 100 : 0,
    };

    public static EgressOrder OrderOf(LiveKitEgressRequest request) => new(
        request.Room,
        request.TrackSid,
        request.Path,
        request.TrackSid is null ? request.Path[(request.Path.LastIndexOf('.') + 1)..].ToUpperInvariant() : "",
        request.Target switch
        {
            LiveKitFileTarget.Azure azure =>
                new EgressStore(IsAzure: true, azure.Container, $"https://{azure.Account}.blob.core.windows.net/{azure.Container}"),
            LiveKitFileTarget.S3 s3 => new EgressStore(IsAzure: false, s3.Bucket, $"https://{s3.Bucket}.s3.amazonaws.com"),
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    private static LiveKitTrack Of(Track track) =>
        new() { Sid = track.Sid, Name = track.Name, MimeType = track.MimeType, Source = "MICROPHONE", IsMuted = track.IsMuted };

    /// <summary>0 is the server's own.</summary>
    private static int EmptyTimeout(long seconds) => seconds > 0 ? (int)seconds : RoomSettings.Default.EmptyTimeout;

    /// <summary>The API's whole seconds.</summary>
    private static long Seconds(TimeSpan? time) => (long)Math.Ceiling(time.GetValueOrDefault().TotalSeconds);
}
