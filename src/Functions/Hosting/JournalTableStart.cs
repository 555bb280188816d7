using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>
/// Makes the journal's table when the process starts, and tries again until it can. The process serves meanwhile, also where the store
/// turns it away: a right that was just given takes minutes to count, a worker that ended would be started a few times and then take the
/// host with it, and callers are answered without the journal. Webhooks say by themselves that they cannot be recorded.
/// </summary>
internal sealed partial class JournalTableStart(TableCallJournal journal, TimeProvider timeProvider, ILogger<JournalTableStart> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); true; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            switch (await journal.OpenAsync(stoppingToken))
            {
                case JournalOpening.Opened:
                    return;
                case JournalOpening.Away { Reason: var reason }:
                    LogAway(reason, pause.TotalSeconds);
                    break;
                case JournalOpening.Refused { Reason: var reason }:
                    LogRefused(reason, pause.TotalSeconds);
                    break;
                default:
                    throw new UnreachableException();
            }

            await Task.Delay(pause, timeProvider, stoppingToken);
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "The journal refuses, check its settings and rights: {Reason} Trying again in {Seconds} s")]
    private partial void LogRefused(string reason, double seconds);

    [LoggerMessage(5002, LogLevel.Warning, "The journal is away: {Reason} Trying again in {Seconds} s")]
    private partial void LogAway(string reason, double seconds);
}
