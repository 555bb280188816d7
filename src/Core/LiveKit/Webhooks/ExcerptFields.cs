using System.Buffers;
using System.Collections.Frozen;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// What an excerpt of a webhook keeps: LiveKit's fields that are named here. Every other is dropped with all that is in it, whatever its
/// name: what tells how to store a recording, how to stream or how to relay holds keys. Attributes have names of their own; of them, and of
/// all texts, what speaks of a secret is dropped.
/// </summary>
internal static class ExcerptFields
{
    /// <summary>camelCase as in webhooks; the snake_case of API answers and any capitals are the same field.</summary>
    private static readonly FrozenSet<string> Kept = Words(
        // The event.
        "event id createdAt room participant track egressInfo ingressInfo job",
        // A room.
        "sid name emptyTimeout departureTimeout maxParticipants creationTime creationTimeMs enabledCodecs mime fmtpLine metadata",
        "numParticipants numPublishers activeRecording version unixMicro ticks",
        // A participant.
        "identity state tracks joinedAt joinedAtMs permission canSubscribe canPublish canPublishData canPublishSources canUpdateMetadata",
        "canSubscribeMetrics hidden recorder agent region isPublisher kind kindDetails attributes disconnectReason capabilities",
        "clientProtocol",
        // A track.
        "type muted width height simulcast source layers quality bitrate mimeType mid codecs cid videoLayerMode stereo disableDtx",
        "disableRed encryption stream audioFeatures backupCodecPolicy",
        // A recording and its results.
        "egressId roomId roomName sourceType status startedAt endedAt updatedAt details error errorCode fileResults segmentResults",
        "imageResults filename duration size location playlistName playlistLocation segmentCount filenamePrefix imageCount",
        "manifestLocation backupStorageUsed retryCount",
        // An ingress, and an agent's job.
        "ingressId inputType participantIdentity participantName resourceId dispatchId namespace agentName workerId agentId");

    /// <summary>What else an attribute's name can say of a secret.</summary>
    private static readonly SearchValues<string> SecretNames = SafeText.WordsOf("auth", "pass", "key");

    /// <summary>Whether a field of an object is kept.</summary>
    /// <param name="name">Its name, without escapes.</param>
    /// <param name="inAttributes">Whether the object is one of attributes.</param>
    public static bool IsKept(string name, bool inAttributes) => inAttributes
        ? !SafeText.SpeaksOfSecrets(name) && !SafeText.SpeaksOf(SecretNames, name)
        : Kept.Contains(name.Replace("_", "", StringComparison.Ordinal));

    /// <summary>Whether the fields of an object are attributes.</summary>
    public static bool AreAttributes(string name) => name.Equals("attributes", StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Words(params string[] lines) =>
        lines.SelectMany(line => line.Split(' ')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
