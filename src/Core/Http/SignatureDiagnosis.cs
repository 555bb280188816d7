namespace VoiceFunctions.Core.Http;

/// <summary>What, changed alone, would have let a refused request verify.</summary>
public enum SignatureChange
{
    /// <summary>No single change: most likely another key, which cannot be named.</summary>
    None,

    /// <summary>http for https, or the other way round.</summary>
    Scheme,

    /// <summary>Another host.</summary>
    Host,

    /// <summary>Another port, or none.</summary>
    Port,

    /// <summary>A slash at the end of the path, or none.</summary>
    TrailingSlash,

    /// <summary>Another path before the route's.</summary>
    PathPrefix,

    /// <summary>Another query.</summary>
    Query,

    /// <summary>The body as it was before something on the way wrote it anew.</summary>
    Body,

    /// <summary>Another key.</summary>
    Key,

    /// <summary>Another time.</summary>
    Clock,
}

/// <summary>Why a request's signature was refused: what to mend. Made after the refusal, for operators and never for senders.</summary>
/// <param name="Change">What would have to change.</param>
/// <param name="Sentence">The same in words, without anything that the request said: no secrets, numbers or names of hosts.</param>
/// <param name="IsProven">Whether a key of ours signed the request, so that no stranger can have made it.</param>
public sealed record SignatureDiagnosis(SignatureChange Change, string Sentence, bool IsProven);
