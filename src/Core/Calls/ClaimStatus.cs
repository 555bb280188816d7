using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>How far a claimed effect has come. The journal stores the names that the attributes give.</summary>
public enum ClaimStatus
{
    /// <summary>Somebody is doing it, or died doing it: after <see cref="EffectClaim.Until"/> another may take over.</summary>
    [JsonStringEnumMemberName("Intent")]
    Intent,

    /// <summary>Done; never again.</summary>
    [JsonStringEnumMemberName("Done")]
    Done,

    /// <summary>It did not work; may be tried again from <see cref="EffectClaim.Until"/> on.</summary>
    [JsonStringEnumMemberName("Failed")]
    Failed,

    /// <summary>It will not work; never again.</summary>
    [JsonStringEnumMemberName("GivenUp")]
    GivenUp,
}
