namespace VoiceFunctions.Simulator.Phones;

/// <summary>Who ended a call, as its caller saw it.</summary>
public enum CallEnd
{
    /// <summary>The caller hung up.</summary>
    CallerHungUp,

    /// <summary>The other side hung up, or there was nothing more to say.</summary>
    OtherSideHungUp,

    /// <summary>The network refused the call.</summary>
    Refused,

    /// <summary>The network could not get or understand what to do.</summary>
    ApplicationError,
}
