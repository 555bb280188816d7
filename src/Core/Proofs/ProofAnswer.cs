using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Proofs;

/// <summary>What a proof says of a promise.</summary>
public enum ProofAnswer
{
    /// <summary>It was kept.</summary>
    [JsonStringEnumMemberName("yes")]
    Yes,

    /// <summary>It was broken, or what is stored does not show that it was kept.</summary>
    [JsonStringEnumMemberName("no")]
    No,

    /// <summary>The call is under way and it is not broken so far.</summary>
    [JsonStringEnumMemberName("not_yet")]
    NotYet,
}
