namespace VoiceFunctions.Core.Proofs;

/// <summary>An event in a proof.</summary>
/// <param name="Id">The provider's delivery id.</param>
/// <param name="At">When the gateway learnt it.</param>
/// <param name="What">What it says, without personal data.</param>
/// <param name="SeenBy">The first step that saw it; <c>null</c> for one that came after the last step.</param>
/// <param name="Duplicates">How often it was noted to have come again, and was dropped.</param>
public sealed record ProofEvent(string Id, DateTimeOffset At, string What, int? SeenBy, int Duplicates);
