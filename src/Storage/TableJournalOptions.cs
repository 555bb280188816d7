namespace VoiceFunctions.Storage;

/// <summary>Where the journal's table is. Either <see cref="ConnectionString"/> or <see cref="ServiceUri"/> is set, never both.</summary>
public sealed class TableJournalOptions
{
    /// <summary>Opens an account by its key, as with Azurite; a secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The table service of an account that the process's identity opens, such as <c>https://name.table.core.windows.net</c>.</summary>
    public Uri? ServiceUri { get; init; }

    /// <summary>The client id of the user-assigned identity; <c>null</c> takes what the environment offers, such as a developer's login.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The table's name: 3 to 63 letters and digits, beginning with a letter.</summary>
    public string TableName { get; init; } = "calls";
}
