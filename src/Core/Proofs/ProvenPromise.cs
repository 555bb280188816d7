namespace VoiceFunctions.Core.Proofs;

/// <summary>One promise about a call, and whether its history shows that it was kept.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Answer">Whether it was kept.</param>
/// <param name="Text">Why, in a plain sentence without personal data.</param>
public sealed record ProvenPromise(string Name, ProofAnswer Answer, string Text)
{
    internal static ProvenPromise Yes(string name, string text) => new(name, ProofAnswer.Yes, text);

    internal static ProvenPromise No(string name, string text) => new(name, ProofAnswer.No, text);

    internal static ProvenPromise NotYet(string name, string text) => new(name, ProofAnswer.NotYet, text);

    /// <summary>No if there are faults, and what they are; yes if there are none.</summary>
    internal static ProvenPromise Unless(string name, IEnumerable<string> faults, string text) =>
        string.Join("; ", faults) is { Length: > 0 } all ? No(name, all) : Yes(name, text);
}
