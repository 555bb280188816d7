namespace VoiceFunctions.Core.Routing.Outbound;

/// <summary>What is done where a machine has answered a call that we made.</summary>
public enum MachineAction
{
    /// <summary>The agent goes on as with a human.</summary>
    GoOn,

    /// <summary>The call ends.</summary>
    HangUp,

    /// <summary>The agent leaves its message, and the call ends when it says that it has finished.</summary>
    LeaveMessage,
}
