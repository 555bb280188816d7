namespace VoiceFunctions.Core.Settings;

/// <summary>Where the journal is kept: exactly one of the two ways is set.</summary>
/// <param name="ConnectionString">A storage account's connection string; secret.</param>
/// <param name="TableUri">A table endpoint that is reached by identity.</param>
/// <param name="ClientId">The user-assigned identity; <c>null</c> for the default one.</param>
/// <param name="Table">The table's name.</param>
public sealed record StorageSettings(string? ConnectionString, Uri? TableUri, string? ClientId, string Table)
{
    /// <inheritdoc/>
    public override string ToString() => $"table {Table}";
}
