namespace VoiceFunctions.Core.Calls;

/// <summary>What a participant is to the call.</summary>
public enum LegRole
{
    /// <summary>Not known yet: only a track of it was seen.</summary>
    Unknown,

    /// <summary>The person who called: a SIP leg that a dispatch rule admitted.</summary>
    Caller,

    /// <summary>An AI agent.</summary>
    Agent,

    /// <summary>The human whom the call dialled: a SIP leg under the identity that <see cref="HumanIdentity"/> gives out.</summary>
    Human,

    /// <summary>Any other SIP leg that was dialled out. It is somebody else's and left alone.</summary>
    DialledOut,

    /// <summary>An egress recorder.</summary>
    Recorder,

    /// <summary>Anyone else, such as a browser.</summary>
    Guest,
}
