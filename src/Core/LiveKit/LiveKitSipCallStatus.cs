namespace VoiceFunctions.Core.LiveKit;

/// <summary>The values of <see cref="LiveKitAttributes.SipCallStatus"/>.</summary>
public static class LiveKitSipCallStatus
{
    /// <summary>An outbound call is being placed.</summary>
    public const string Dialing = "dialing";

    /// <summary>It rings. Every inbound call joins with this status.</summary>
    public const string Ringing = "ringing";

    /// <summary>It was answered and tones are being sent.</summary>
    public const string Automation = "automation";

    /// <summary>It was answered.</summary>
    public const string Active = "active";

    /// <summary>The call ended, answered or not.</summary>
    public const string Hangup = "hangup";
}
