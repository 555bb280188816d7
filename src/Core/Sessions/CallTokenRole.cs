namespace VoiceFunctions.Core.Sessions;

/// <summary>What somebody is to a call who joins with a token of ours.</summary>
public enum CallTokenRole
{
    /// <summary>Whom the call is about.</summary>
    Caller,

    /// <summary>A human who takes part, such as an operator in a browser.</summary>
    Human,

    /// <summary>Somebody who hears the call, unseen, and cannot say anything.</summary>
    Listener,

    /// <summary>An agent that no dispatch brought.</summary>
    Bot,
}
