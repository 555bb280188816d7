using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>
/// What a token allows: LiveKit's <c>video</c> and <c>sip</c> grants. Each API call gets a token with only the grant that it needs.
/// </summary>
public sealed record LiveKitGrants
{
    /// <summary>No grant at all.</summary>
    public static LiveKitGrants None { get; } = new();

    /// <summary>Creating and deleting any room.</summary>
    public static LiveKitGrants CreateRooms { get; } = new() { RoomCreate = true };

    /// <summary>Listing rooms.</summary>
    public static LiveKitGrants ListRooms { get; } = new() { RoomList = true };

    /// <summary>Dialling phones.</summary>
    public static LiveKitGrants PlaceCalls { get; } = new() { SipCall = true };

    /// <summary>Looking at SIP trunks and dispatch rules, and changing them.</summary>
    public static LiveKitGrants SetUpSip { get; } = new() { SipAdmin = true };

    /// <summary>Recording any room.</summary>
    public static LiveKitGrants RecordRooms { get; } = new() { RoomRecord = true };

    /// <summary>May create and delete rooms.</summary>
    public bool RoomCreate { get; init; }

    /// <summary>May list rooms.</summary>
    public bool RoomList { get; init; }

    /// <summary>May start, stop and list the recordings of any room.</summary>
    public bool RoomRecord { get; init; }

    /// <summary>May manage the participants and the agent dispatches of <see cref="Room"/>.</summary>
    public bool RoomAdmin { get; init; }

    /// <summary>May join <see cref="Room"/> as a participant.</summary>
    public bool RoomJoin { get; init; }

    /// <summary>Whether who joins is an agent. LiveKit sets it in the token that it gives to a job.</summary>
    public bool Agent { get; init; }

    /// <summary>
    /// The one room to which <see cref="RoomAdmin"/> and <see cref="RoomJoin"/> apply. LiveKit compares it exactly; there is no wildcard.
    /// </summary>
    public string? Room { get; init; }

    /// <summary>May publish tracks; <c>null</c> leaves LiveKit's default, which allows it.</summary>
    public bool? CanPublish { get; init; }

    /// <summary>Which tracks may be published, such as <c>microphone</c>; <c>null</c> for all.</summary>
    public IReadOnlyList<string>? CanPublishSources { get; init; }

    /// <summary>May hear the others; <c>null</c> leaves LiveKit's default, which allows it.</summary>
    public bool? CanSubscribe { get; init; }

    /// <summary>May send data to the others; <c>null</c> leaves LiveKit's default, which allows it.</summary>
    public bool? CanPublishData { get; init; }

    /// <summary>May change its own attributes and metadata; <c>null</c> leaves LiveKit's default, which does not allow it.</summary>
    public bool? CanUpdateOwnMetadata { get; init; }

    /// <summary>Whether the others do not see whoever joins.</summary>
    public bool Hidden { get; init; }

    /// <summary>
    /// May dial phones. It is in the token's <c>sip</c> claim, as <see cref="SipAdmin"/> is; all others are in <c>video</c>.
    /// </summary>
    [JsonIgnore]
    public bool SipCall { get; init; }

    /// <summary>May list, create and change trunks and dispatch rules.</summary>
    [JsonIgnore]
    public bool SipAdmin { get; init; }

    /// <summary>Managing the participants and the agent dispatches of one room.</summary>
    public static LiveKitGrants AdministerRoom(string room) => new() { RoomAdmin = true, Room = room };

    /// <summary>Connecting a phone in one room with somebody outside of it.</summary>
    public static LiveKitGrants TransferCalls(string room) => new() { RoomAdmin = true, Room = room, SipCall = true };

    /// <summary>Joining one room to listen and to speak, and for nothing else: no data, no screen.</summary>
    public static LiveKitGrants JoinAsSpeaker(string room) => new()
    {
        RoomJoin = true,
        Room = room,
        CanPublish = true,
        CanPublishSources = ["microphone"],
        CanSubscribe = true,
        CanPublishData = false,
    };

    /// <summary>Joining one room to listen, unseen, and for nothing else.</summary>
    public static LiveKitGrants JoinAsListener(string room) => new()
    {
        RoomJoin = true,
        Room = room,
        CanPublish = false,
        CanSubscribe = true,
        CanPublishData = false,
        Hidden = true,
    };

    /// <summary>
    /// Joining one room as an agent that no dispatch brought: it speaks, listens, sends transcripts, and tells its state in attributes.
    /// </summary>
    public static LiveKitGrants JoinAsBot(string room) => new()
    {
        RoomJoin = true,
        Agent = true,
        Room = room,
        CanPublish = true,
        CanPublishSources = ["microphone"],
        CanSubscribe = true,
        CanPublishData = true,
        CanUpdateOwnMetadata = true,
    };

    /// <summary>Joining one room as an agent, as LiveKit grants it to a job.</summary>
    public static LiveKitGrants JoinAsAgent(string room) => new() { RoomJoin = true, Agent = true, Room = room };
}
