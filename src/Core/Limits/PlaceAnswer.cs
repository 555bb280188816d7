namespace VoiceFunctions.Core.Limits;

/// <summary>What came of asking for a place.</summary>
public enum PlaceAnswer
{
    /// <summary>The call has one.</summary>
    Taken,

    /// <summary>None is free.</summary>
    Full,

    /// <summary>Others were always faster: nobody knows, and asking again tells.</summary>
    Busy,
}
