namespace VoiceFunctions.Core.Calls;

/// <summary>Why a handoff failed: the stable words of its record and of HANDOFF_FAILED.</summary>
public static class HandoffFailure
{
    /// <summary>Every human was tried, and none answered in time.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>The phone network refused: the trunk or provider does not do it, or whoever was called is busy.</summary>
    public const string Refused = "refused";

    /// <summary>LiveKit or Twilio could not be asked, or this host cannot ask them.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The human's number is the caller's, or the one that was called.</summary>
    public const string OwnNumber = "own_number";

    /// <summary>The caller left, or the call was ended, before anybody took it.</summary>
    public const string CallOver = "call_over";
}
