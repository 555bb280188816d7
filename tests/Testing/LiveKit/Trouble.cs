namespace VoiceFunctions.Testing.LiveKit;

/// <summary>How a call to LiveKit goes wrong.</summary>
public enum Trouble
{
    /// <summary>Turned away for good; nothing was done.</summary>
    Refused,

    /// <summary>Turned away; nothing was done.</summary>
    Unavailable,

    /// <summary>No answer, and nothing was done.</summary>
    LostRequest,

    /// <summary>No answer, although it was done.</summary>
    LostAnswer,

    /// <summary>No answer before the caller gives up, and nothing was done.</summary>
    HangsBefore,

    /// <summary>No answer before the caller gives up, although it was done.</summary>
    HangsAfter,
}
