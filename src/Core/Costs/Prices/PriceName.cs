namespace VoiceFunctions.Core.Costs.Prices;

/// <summary>What a call is billed by. The names stand in the price file and in the cost sheets: they never change.</summary>
public static class PriceName
{
    /// <summary>A minute of the caller's own leg at Twilio.</summary>
    public const string TwilioInbound = "twilio.inbound_minute";

    /// <summary>A minute of Twilio's leg to LiveKit.</summary>
    public const string TwilioSip = "twilio.sip_minute";

    /// <summary>A minute of a phone that Twilio dialled.</summary>
    public const string TwilioOutbound = "twilio.outbound_minute";

    /// <summary>A minute of an agent in the room.</summary>
    public const string LiveKitAgent = "livekit.agent_minute";

    /// <summary>A minute of a phone in the room.</summary>
    public const string LiveKitSip = "livekit.sip_minute";

    /// <summary>A minute of a browser in the room.</summary>
    public const string LiveKitWebRtc = "livekit.webrtc_minute";

    /// <summary>A minute of a recording.</summary>
    public const string LiveKitRecording = "livekit.recording_minute";

    /// <summary>A run of a function.</summary>
    public const string Execution = "azure.functions.execution";

    /// <summary>A second of an instance's GB of memory.</summary>
    public const string GbSecond = "azure.functions.gb_second";

    /// <summary>A request to the call storage.</summary>
    public const string TableRequest = "azure.table.request";

    /// <summary>A request to the task hub's storage.</summary>
    public const string DurableRequest = "azure.durable.request";
}
