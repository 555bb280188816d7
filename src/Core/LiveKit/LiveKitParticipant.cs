namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A participant as LiveKit describes it. In <c>track_*</c> webhooks only <see cref="Sid"/> and <see cref="Identity"/> are told: everything else
/// reads as its default there, <see cref="Kind"/> too, so look the participant up by its sid instead.
/// </summary>
public sealed record LiveKitParticipant
{
    /// <summary>The id of this presence (<c>PA_…</c>). Joining again, even under the same identity, makes a new one.</summary>
    public string Sid { get; init; } = "";

    /// <summary>The name the participant joined under. Two calls can share it; it is no key.</summary>
    public string Identity { get; init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="LiveKitParticipantKind"/>, or a kind that is newer than this code.</summary>
    public string Kind { get; init; } = LiveKitParticipantKind.Standard;

    /// <summary>One of <see cref="LiveKitParticipantState"/>, or a state that is newer than this code.</summary>
    public string State { get; init; } = LiveKitParticipantState.Joining;

    /// <summary>What whoever let the participant in attached to it.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>When the participant joined, in milliseconds since 1970 UTC; 0 where it is not told.</summary>
    public long JoinedAtMs { get; init; }

    /// <summary>The attributes; the names that matter here are in <see cref="LiveKitAttributes"/>. Compared exactly.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = LiveKitAttributes.None;

    /// <summary>Why the participant left: one of <see cref="LiveKitDisconnectReason"/>, or a newer one.</summary>
    public string DisconnectReason { get; init; } = LiveKitDisconnectReason.Unknown;

    /// <summary>The tracks it publishes; told by the API, not by webhooks.</summary>
    public IReadOnlyList<LiveKitTrack> Tracks { get; init; } = [];

    /// <summary>Whether it publishes audio now, as far as <see cref="Tracks"/> tells.</summary>
    public bool HasAudioTrack => Tracks.Any(track => track.Type == LiveKitTrackType.Audio);

    /// <summary>The attribute's value; <c>null</c> where there is none.</summary>
    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);
}
