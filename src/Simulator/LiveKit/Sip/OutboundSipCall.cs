using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Rooms;

namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>A phone that LiveKit is asked to dial into a room.</summary>
internal sealed record OutboundSipCall(string CallId, string To, string From, string RoomName, string Identity)
{
    /// <summary>The recorded service's own limit.</summary>
    private static readonly TimeSpan LongestRinging = TimeSpan.FromMinutes(3);

    public string Name { get; init; } = "";

    public string Metadata { get; init; } = "";

    /// <summary>Whether the API was asked for it; an agent or an application of somebody else's asks elsewhere.</summary>
    public bool IsByApi { get; init; }

    public bool PlayDialtone { get; init; }

    public TimeSpan? RingingTimeout { get; init; }

    public TimeSpan? MaxCallDuration { get; init; }

    public TimeSpan Rings => RingingTimeout ?? LongestRinging;

    /// <summary>What its audio is until somebody picks up.</summary>
    public Voice FirstVoice => PlayDialtone ? Voice.RingingTone : Voice.Silence;

    /// <summary>The attributes with which it joins. It has no dispatch rule, and no Call-ID before it is answered.</summary>
    public SortedDictionary<string, string> Attributes(string trunkId) => new(StringComparer.Ordinal)
    {
        [LiveKitAttributes.SipCallId] = CallId,
        [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Dialing,
        ["sip.hostname"] = "sip.example.com",
        [LiveKitAttributes.SipPhoneNumber] = To,
        [LiveKitAttributes.SipTrunkId] = trunkId,
        [LiveKitAttributes.SipTrunkPhoneNumber] = From,
    };
}
