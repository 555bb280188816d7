namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>The names of the checks. Scripts read them, so they do not change.</summary>
internal static class CheckNames
{
    public const string Settings = "settings";
    public const string Clock = "clock";
    public const string PublicUrl = "public-url";
    public const string Certificate = "certificate";
    public const string LiveKitHost = "livekit-host";
    public const string LiveKitKeys = "livekit-keys";
    public const string LiveKitDoor = "livekit-door";
    public const string LiveKitWebhook = "livekit-webhook";
    public const string TwilioDoor = "twilio-door";
    public const string InboundTrunk = "inbound-trunk";
    public const string SipCredentials = "sip-credentials";
    public const string DispatchRule = "dispatch-rule";
    public const string DoubleAgent = "double-agent";
    public const string OutboundTrunk = "outbound-trunk";
    public const string Agent = "agent";
    public const string TwilioAccount = "twilio-account";
    public const string TwilioRegion = "twilio-region";
    public const string TwilioNumber = "twilio-number";
    public const string VoiceWebhook = "voice-webhook";
    public const string StatusCallback = "status-callback";
    public const string FallbackUrl = "fallback-url";
    public const string Storage = "storage";
}
