using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>
/// Which rooms of a recording are the gateway's by its settings: by their name, or by a phone that a listed trunk or rule let in.
/// </summary>
internal sealed class RecordedOwnership
{
    private readonly RoomScope scope;
    private readonly HashSet<string> rooms = [];
    private readonly HashSet<string> listed = [];
    private readonly SortedSet<string> doors = new(StringComparer.Ordinal);

    public RecordedOwnership(Recording recording, RoomScope scope)
    {
        this.scope = scope;
        foreach (var webhook in recording.Webhooks)
        {
            if (LiveKitWebhookParser.TryParse(webhook.Body, out var told) && told.Room is { Name: { Length: > 0 } room })
            {
                rooms.Add(room);
                Note(room, told.Participant);
            }
        }
    }

    /// <summary>
    /// What to set where the recording has rooms and none of them is the gateway's; <c>null</c> otherwise. Names
    /// no room: it can hold a number.
    /// </summary>
    public string? WhatToSet => rooms.Count == 0 || rooms.Any(IsOurs)
        ? null
        : $"none of its {rooms.Count} rooms is the gateway's. Set {SettingNames.LiveKitRoomPrefix} (now "
            + $"{scope.Naming.Prefix}) to what their names "
            + $"begin with before an underscore, or list a trunk in {SettingNames.LiveKitSipTrunkIds} or a rule in "
            + $"{SettingNames.LiveKitSipRuleIds}: {(doors.Count > 0 ? string.Join(", ", doors) : "no phone came in")}";

    /// <summary>Whether a room is the gateway's.</summary>
    public bool IsOurs(string room) => scope.IsOurs(room) || listed.Contains(room);

    private void Note(string room, LiveKitParticipant? participant)
    {
        if (participant?.Attribute(LiveKitAttributes.SipRuleId) is { Length: > 0 } rule)
        {
            doors.Add(rule);
            doors.Add(participant.Attribute(LiveKitAttributes.SipTrunkId) ?? rule);
        }

        if (scope.IsMadeOursBy(participant))
        {
            listed.Add(room);
        }
    }
}
