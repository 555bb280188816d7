using System.Text.Json;
using System.Text.Json.Serialization;
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
            Metadata = JsonSerializer.Serialize(new RoomMetadata(callId.Value), RoomMetadataJson.Default.RoomMetadata),
        };
        return await liveKit.CreateRoomAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitRoom>.Ok { Value: var room } => new EffectOutcome.Done("opened")
            {
                Learnt = [InferredEvents.RoomStarted(new RoomSession(room.Name, room.Sid), context.Now)],
            },
            _ when context.Attempt >= MaxAttempts => new EffectOutcome.GaveUp("create_room"),
            _ => new EffectOutcome.TryAgain(Soon, "create_room"),
        };
    }
}

/// <summary>The metadata of a room that we opened.</summary>
/// <param name="CallId">The call.</param>
internal sealed record RoomMetadata(string CallId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RoomMetadata))]
internal sealed partial class RoomMetadataJson : JsonSerializerContext;
