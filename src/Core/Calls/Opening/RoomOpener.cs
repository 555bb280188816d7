using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Opening;

/// <summary>
/// Opens a call's room, with the call's id in its metadata. LiveKit gives back the room that is there already, so it can be asked again.
/// </summary>
public sealed class RoomOpener(ILiveKitApi liveKit, RoomNaming naming)
{
    /// <summary>How often it is tried; then the call ends.</summary>
    public const int MaxAttempts = 10;

    /// <summary>How long an empty room stays: as long as somebody may take to join, and no longer where the gateway is gone.</summary>
    public static TimeSpan EmptyTimeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The field of the room's metadata that holds the call's id.</summary>
    public const string MetadataCallId = "call_id";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Opens the room.</summary>
    public async Task<EffectOutcome> OpenAsync(EffectContext context, CallEffect.OpenRoom effect, CancellationToken cancellationToken)
    {
        var callId = context.State.CallId;
        if (context.State.End is not null)
        {
            return new EffectOutcome.GaveUp("call_ended");
        }

        var request = new LiveKitRoomRequest(naming.NameOf(callId))
        {
            EmptyTimeout = EmptyTimeout,
            Metadata = MetadataOf(callId, context.State.Requests.Request?.Metadata),
        };
        return await liveKit.CreateRoomAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitRoom>.Ok { Value: var room } => new EffectOutcome.Done("opened")
            {
                Learnt =
                [
                    InferredEvents.RoomStarted(new RoomSession(room.Name, room.Sid), context.Now),

                    // There is one room of a name at a time.
                    .. context.State.Rooms.All
                        .Where(earlier => earlier.Finished is null && earlier.Sid != room.Sid)
                        .Select(earlier => InferredEvents.RoomFinished(new RoomSession(room.Name, earlier.Sid), context.Now)),
                ],
            },
            _ when context.Attempt >= MaxAttempts => new EffectOutcome.GaveUp("create_room"),
            _ => new EffectOutcome.TryAgain(Soon, "create_room"),
        };
    }

    /// <summary>The asker's metadata, and always the call's id.</summary>
    private static string MetadataOf(CallId callId, string? metadata)
    {
        var json = metadata is null ? [] : JsonNode.Parse(metadata)!.AsObject();
        json[MetadataCallId] = callId.Value;
        return json.ToJsonString();
    }
}
