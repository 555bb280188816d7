using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio tells that a leg changed. These come late, twice, in any order or not at all.</summary>
/// <param name="CallSid">The leg that changed.</param>
/// <param name="ParentCallSid">The leg whose Dial made it; <c>null</c> for a leg that no Dial made.</param>
/// <param name="CallStatus">Where the leg stands.</param>
/// <param name="SequenceNumber">The place of this event among the leg's, from 0; 0 where Twilio sends none, as for the one callback of a number.</param>
/// <param name="DeliveryId">
/// The same for every delivery of this event and for no other event: <c>CallSid:event:SequenceNumber</c>, the event being Twilio's word for the
/// status. Letters, digits, colons and hyphens only, so safe as a table key.
/// </param>
public sealed record StatusCallback(
    CallSid CallSid,
    CallSid? ParentCallSid,
    TwilioCallStatus CallStatus,
    int SequenceNumber,
    string DeliveryId)
{
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>The caller's own leg: the one that Twilio announced first and that the call's id comes from.</summary>
    public CallSid CallerLegSid => ParentCallSid ?? CallSid;

    /// <summary>Whether the leg has ended; nothing that comes after it changes that.</summary>
    public bool IsTerminal => CallStatus
        is TwilioCallStatus.Completed or TwilioCallStatus.Busy or TwilioCallStatus.Failed or TwilioCallStatus.NoAnswer or TwilioCallStatus.Canceled;

    /// <summary>
    /// Reads an authentic form. A CallSid is demanded, and a ParentCallSid must be readable; <paramref name="reason"/> says in one sentence what is wrong.
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
            $"{callSid}:{Word(status)}:{sequenceNumber}");
        return true;
    }

    // A word that Twilio adds one day still tells its event from the others; anything that is no word does not get into a key.
    private static string Word(string? status) =>
        status is { Length: > 0 and <= 32 } && !status.AsSpan().ContainsAnyExcept(WordCharacters) ? status : "unknown";
}
