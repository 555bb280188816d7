using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>Somebody in a written recording, as LiveKit describes them.</summary>
internal sealed record Somebody(string Identity, string Kind)
{
    public string Sid { get; init; } = $"PA_{Identity}";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public static Somebody Caller(string number = "+15550100201") => new($"sip_{number}", LiveKitParticipantKind.Sip)
    {
        Attributes = new Dictionary<string, string>
        {
            [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Ringing,
            [LiveKitAttributes.SipPhoneNumber] = number,
            [LiveKitAttributes.SipTrunkPhoneNumber] = "+15550100123",
            [LiveKitAttributes.SipTrunkId] = "ST_case",
            [LiveKitAttributes.SipRuleId] = "SDR_case",
        },
    };

    /// <summary>A phone that somebody dialled into the room.</summary>
    public static Somebody Dialled(string identity, string status = LiveKitSipCallStatus.Active) =>
        new(identity, LiveKitParticipantKind.Sip)
        {
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipCallStatus] = status },
        };

    public static Somebody Agent(string job, string name = "voice-agent") => new($"agent-{job}", LiveKitParticipantKind.Agent)
    {
        Attributes = new Dictionary<string, string> { [LiveKitAttributes.AgentName] = name },
    };

    public static Somebody AvatarOf(Somebody agent, string kind = LiveKitParticipantKind.Agent) => new("avatar-worker", kind)
    {
        Attributes = new Dictionary<string, string> { [LiveKitAttributes.PublishOnBehalf] = agent.Identity },
    };

    public static Somebody InBrowser(string identity) => new(identity, LiveKitParticipantKind.Standard);
}

/// <summary>What LiveKit tells of a room, written by hand, in seconds after the room's beginning.</summary>
internal sealed class WrittenRecording(string room = "call_+15550100201_case", string session = "RM_case")
{
    private static readonly DateTimeOffset Beginning = new(2026, 11, 28, 9, 46, 40, TimeSpan.Zero);

    private readonly List<RecordedWebhook> webhooks = [];
    private readonly Dictionary<string, Somebody> known = [];

    public Recording Recording => new(
        room, Beginning, new LiveKitKey("devkey", "secretsecretsecretsecretsecretsecret"), [.. webhooks.OrderBy(webhook => webhook.At)]);

    public WrittenRecording Begins(double at = 0) => Tell(at, "room_started");

    /// <summary>They join; and where they are heard at once, their audio is there so long after.</summary>
    public WrittenRecording Comes(double at, Somebody who, double? speaksAfter = null)
    {
        known[who.Identity] = who;
        Tell(at, "participant_joined", DescriptionOf(who, at, null));
        return speaksAfter is { } after ? Speaks(at + after, who) : this;
    }

    public WrittenRecording Speaks(double at, Somebody who, string track = "TR_1", bool muted = false) =>
        Tell(at, "track_published", NameOf(who), TrackOf(who, track, muted));

    public WrittenRecording FallsSilent(double at, Somebody who, string track = "TR_1") =>
        Tell(at, "track_unpublished", NameOf(who), TrackOf(who, track, muted: false));

    public WrittenRecording Leaves(double at, Somebody who, string reason = LiveKitDisconnectReason.ClientInitiated) =>
        Tell(at, "participant_left", DescriptionOf(who, at, reason));

    /// <summary>They leave, and the webhook that tells it is lost.</summary>
    public WrittenRecording LeavesUntold(double at, Somebody who)
    {
        Leaves(at, who);
        webhooks[^1] = webhooks[^1] with { IsLost = true };
        return this;
    }

    private WrittenRecording Tell(double at, string name, JsonObject? participant = null, JsonObject? track = null)
    {
        var time = Beginning.AddSeconds(at);
        var body = new JsonObject
        {
            ["event"] = name,
            ["room"] = new JsonObject { ["sid"] = session, ["name"] = room, ["emptyTimeout"] = 300, ["departureTimeout"] = 20 },
            ["id"] = $"EV_{session}_{webhooks.Count}",
            ["createdAt"] = $"{time.ToUnixTimeSeconds()}",
        };
        if (participant is not null)
        {
            body["participant"] = participant;
        }

        if (track is not null)
        {
            body["track"] = track;
        }

        webhooks.Add(new RecordedWebhook(TimeSpan.FromSeconds(at), JsonSerializer.SerializeToUtf8Bytes(body)));
        return this;
    }

    private static JsonObject NameOf(Somebody who) => new() { ["sid"] = who.Sid, ["identity"] = who.Identity };

    private static JsonObject DescriptionOf(Somebody who, double at, string? reason)
    {
        var description = NameOf(who);
        description["kind"] = who.Kind;
        description["state"] = reason is null ? "ACTIVE" : "DISCONNECTED";
        description["attributes"] = new JsonObject(who.Attributes.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        if (reason is null)
        {
            description["joinedAtMs"] = $"{Beginning.AddSeconds(at).ToUnixTimeMilliseconds()}";
        }
        else
        {
            description["disconnectReason"] = reason;
        }

        return description;
    }

    private static JsonObject TrackOf(Somebody who, string track, bool muted) => new()
    {
        ["sid"] = $"{track}_{who.Identity}", ["source"] = "MICROPHONE", ["mimeType"] = "audio/opus", ["muted"] = muted,
    };
}
