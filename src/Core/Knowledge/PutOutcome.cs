namespace VoiceFunctions.Core.Knowledge;

/// <summary>What became of a document.</summary>
public enum PutOutcome
{
    /// <summary>It is kept and found from now on.</summary>
    Ready,

    /// <summary>It is kept, and found in a moment.</summary>
    Queued,

    /// <summary>It is not kept: the tenant has as many documents as it may have.</summary>
    Full,
}
