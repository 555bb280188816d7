namespace VoiceFunctions.Core.Settings.Services;

/// <summary>The journal's storage: either a connection string or a table endpoint.</summary>
/// <param name="ConnectionString">A storage account's connection string; secret.</param>
/// <param name="TableUri">A table endpoint, accessed by managed identity.</param>
/// <param name="ClientId">The user-assigned identity; <c>null</c> for the default one.</param>
/// <param name="Table">The table's name.</param>
public sealed record StorageSettings(string? ConnectionString, Uri? TableUri, string? ClientId, string Table)
{
    /// <inheritdoc/>
    public override string ToString() => $"table {Table}";
}
