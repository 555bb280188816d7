namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A participant as LiveKit describes it. <c>track_*</c> webhooks contain only <see cref="Sid"/> and <see cref="Identity"/>: every other
/// field then has its default, including <see cref="Kind"/>.
/// </summary>
public sealed record LiveKitParticipant
{
    /// <summary>The participant's id (<c>PA_…</c>). Each join gets a new one, even with the same identity.</summary>
    public string Sid { get; init; } = "";

    /// <summary>The identity with which the participant joined. It is not unique across calls.</summary>
    public string Identity { get; init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="LiveKitParticipantKind"/>, or a kind that is newer than this code.</summary>
    public string Kind { get; init; } = LiveKitParticipantKind.Standard;

    /// <summary>One of <see cref="LiveKitParticipantState"/>, or a state that is newer than this code.</summary>
    public string State { get; init; } = LiveKitParticipantState.Joining;

    /// <summary>The metadata from the participant's token.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>When the participant joined, in milliseconds since 1970 UTC; 0 if it is missing.</summary>
    public long JoinedAtMs { get; init; }

    /// <summary>The attributes by case-sensitive name; see <see cref="LiveKitAttributes"/>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = LiveKitAttributes.None;

    /// <summary>Whether the others in the room do not see the participant (<c>permission.hidden</c>).</summary>
    public bool IsHidden { get; init; }

    /// <summary>Why the participant left: one of <see cref="LiveKitDisconnectReason"/>, or a newer one.</summary>
    public string DisconnectReason { get; init; } = LiveKitDisconnectReason.Unknown;

    /// <summary>The tracks it publishes. The API returns them; webhooks do not contain them.</summary>
    public IReadOnlyList<LiveKitTrack> Tracks { get; init; } = [];

    /// <summary>Whether <see cref="Tracks"/> contains an audio track.</summary>
    public bool HasAudioTrack => Tracks.Any(track => track.Type == LiveKitTrackType.Audio);

    /// <summary>Whether one of its audio tracks can be heard now.</summary>
    public bool IsAudible => Tracks.Any(track => track is { Type: LiveKitTrackType.Audio, IsMuted: false });

    /// <summary>The attribute's value; <c>null</c> if there is none.</summary>
    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);
}
