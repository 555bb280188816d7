using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's status callback: the status of a leg changed. Callbacks can be late, repeated, reordered or lost.</summary>
/// <param name="CallSid">The leg that changed.</param>
/// <param name="ParentCallSid">The leg whose Dial created this leg; <c>null</c> if no Dial did.</param>
/// <param name="CallStatus">The leg's status.</param>
/// <param name="SequenceNumber">
/// The number of this event among the leg's events, from 0; 0 if Twilio sends none, as in the single callback of a phone number.
/// </param>
/// <param name="DeliveryId">
/// The same for every delivery of this event, and different for every other event: <c>CallSid:status:SequenceNumber</c>, with Twilio's name
/// of the status. It has only letters, digits, colons and hyphens, so it is safe as a table key.
/// </param>
public sealed record StatusCallback(
    CallSid CallSid,
    CallSid? ParentCallSid,
    TwilioCallStatus CallStatus,
    int SequenceNumber,
    string DeliveryId)
{
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>How long the leg was connected, in whole seconds (<c>CallDuration</c>); <c>null</c> before its end.</summary>
    public int? Seconds { get; init; }

    /// <summary>The caller's own leg, which the voice webhook announced. The call's id is derived from it.</summary>
    public CallSid CallerLegSid => ParentCallSid ?? CallSid;

    /// <summary>Whether the leg has ended. No later callback changes that.</summary>
    public bool IsTerminal => CallStatus
        is TwilioCallStatus.Completed
            or TwilioCallStatus.Busy
            or TwilioCallStatus.Failed
            or TwilioCallStatus.NoAnswer
            or TwilioCallStatus.Canceled;

    /// <summary>
    /// Reads an authentic form. The CallSid is required. A ParentCallSid must be valid if it is there. <paramref name="reason"/> says what
    /// is wrong.
    /// </summary>
    public static bool TryParse(TwilioForm form, [NotNullWhen(true)] out StatusCallback? callback, [NotNullWhen(false)] out string? reason)
    {
        callback = null;
        if (!TwilioFields.TryReadCallSid(form, out var callSid, out reason)
            || !TwilioFields.TryReadOptionalCallSid(form, "ParentCallSid", out var parentCallSid, out reason))
        {
            return false;
        }

        var status = form["CallStatus"];
        var sequenceNumber = TwilioFields.OptionalNumber(form, "SequenceNumber") ?? 0;
        callback = new StatusCallback(
            callSid,
            parentCallSid,
            TwilioFields.CallStatus(status),
            sequenceNumber,
            $"{callSid}:{Word(status)}:{sequenceNumber}")
        {
            Seconds = TwilioFields.OptionalNumber(form, "CallDuration"),
        };
        return true;
    }

    // A status that is newer than this code still gets a key of its own. Text with other characters does not get into a key.
    private static string Word(string? status) =>
        status is { Length: > 0 and <= 32 } && !status.AsSpan().ContainsAnyExcept(WordCharacters) ? status : "unknown";
}
