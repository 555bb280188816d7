namespace VoiceFunctions.Core.Journal;

/// <summary>What a step of the chain vouches for: this row, with this content.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Hash">Its <see cref="StoredRow.Hash"/>.</param>
public sealed record SealedRow(string Key, string Hash);
