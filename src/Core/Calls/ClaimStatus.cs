namespace VoiceFunctions.Core.Calls;

/// <summary>How far a claimed effect has come.</summary>
public enum ClaimStatus
{
    /// <summary>Somebody is doing it, or died doing it: after <see cref="EffectClaim.Until"/> another may take over.</summary>
    Intent,

    /// <summary>Done; never again.</summary>
    Done,

    /// <summary>It did not work; may be tried again from <see cref="EffectClaim.Until"/> on.</summary>
    Failed,

    /// <summary>It will not work; never again.</summary>
    GivenUp,
}
