namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>The answer to an agent's job that asks for the lease.</summary>
public enum LeaseAnswer
{
    /// <summary>It is the one, and may speak.</summary>
    Granted,

    /// <summary>There is no such call.</summary>
    UnknownCall,

    /// <summary>The token is not the asking job's own.</summary>
    NotItsOwn,

    /// <summary>The token is not for the call's room.</summary>
    NotInvited,

    /// <summary>The call never sent an agent with that fence and epoch.</summary>
    WrongFence,

    /// <summary>Another job has the lease, and is there as far as is known.</summary>
    Taken,

    /// <summary>The call is over or handed over to a human, a later agent is on its way, or this one was put out.</summary>
    Superseded,

    /// <summary>
    /// It is being decided just now which of several agents stays, or found out whether an earlier one came in, or the journal is
    /// too busy: to be asked again.
    /// </summary>
    Undecided,
}
