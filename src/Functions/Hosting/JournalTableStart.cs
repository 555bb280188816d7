using Azure;
using Azure.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>
/// Makes the journal's table when the process starts. Where that fails the process serves all the same: the table is usually there, and
/// webhooks say by themselves when it is not.
/// </summary>
internal sealed partial class JournalTableStart(TableCallJournal journal, ILogger<JournalTableStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await journal.EnsureTableAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or RequestFailedException or AuthenticationFailedException)
        {
            LogNotEnsured(failure);
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "The journal's table could not be created or verified")]
    private partial void LogNotEnsured(Exception exception);
}
