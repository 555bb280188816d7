using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Storage;

/// <summary>How the journal opens its table and speaks with it.</summary>
internal static class JournalTable
{
    private static readonly string?[] TooLarge =
        ["EntityTooLarge", "KeyValueTooLarge", "PropertyValueTooLarge", "RequestBodyTooLarge", "TooManyProperties"];

    /// <summary>Few and short tries: a webhook's sender waits, and sends again by itself.</summary>
    public static TableClientOptions ClientOptions()
    {
        var options = new TableClientOptions
        {
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(1),
                NetworkTimeout = TimeSpan.FromSeconds(5),
            },
        };
        options.AddPolicy(new UnavailablePolicy(), HttpPipelinePosition.PerCall);
        return options;
    }

    public static TableClient Open(StorageSettings settings, TableClientOptions clientOptions) => settings switch
    {
        { ConnectionString: { } connectionString, TableUri: null } => Open(connectionString, settings.Table, clientOptions),
        { ConnectionString: null, TableUri: { } uri } => new TableClient(uri, settings.Table, Credential(settings.ClientId), clientOptions),
        _ => throw new ArgumentException("The journal needs either a connection string or the table service's URI.", nameof(settings)),
    };

    /// <summary>Writes all or nothing; <c>null</c> when written, otherwise what the store refused.</summary>
    public static async Task<TableTransactionFailedException?> SubmitAsync(
        this TableClient table, TableTransactionAction[] actions, CancellationToken cancellationToken) =>
        (await table.WriteAsync(actions, cancellationToken)).Refusal;

    /// <summary>Writes all or nothing: what the store refused, or the new ETag of the first row.</summary>
    public static async Task<(TableTransactionFailedException? Refusal, string? ETag)> WriteAsync(
        this TableClient table, TableTransactionAction[] actions, CancellationToken cancellationToken)
    {
        try
        {
            var written = await table.SubmitTransactionAsync(actions, cancellationToken);
            return (null, written.Value[0].Headers.ETag?.ToString());
        }
        catch (TableTransactionFailedException e) when (UnavailablePolicy.IsRefusalToWork(e.Status, e.ErrorCode))
        {
            // The service answers a transaction with 202 and tells inside that it is busy, where no policy sees it.
            throw UnavailablePolicy.Unavailable(e.Status, e);
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return (e, null);
        }
    }

    /// <summary>Whether the store refused a row, or a step, for its size: it would refuse it again.</summary>
    public static bool IsTooLarge(RequestFailedException refusal) => refusal.Status == 413 || TooLarge.Contains(refusal.ErrorCode);

    /// <summary>Deletes a row unless it was written since it was read.</summary>
    public static async Task DeleteUnchangedAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Its new writer needs it.
        }
    }

    private static TableClient Open(string connectionString, string table, TableClientOptions clientOptions)
    {
        try
        {
            return new TableClient(connectionString, table, clientOptions);
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException or ArgumentException)
        {
            // Its message may show parts of the key.
            throw new SettingsException([$"{SettingNames.StorageConnection} must be the connection string of a storage account"]);
        }
    }

    private static TokenCredential Credential(string? managedIdentityClientId) => managedIdentityClientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(managedIdentityClientId));
}
