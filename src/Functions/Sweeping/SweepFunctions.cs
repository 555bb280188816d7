using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Functions.Sweeping;

/// <summary>
/// What is done by the clock: finding what fell through, and forgetting what is old. The host runs each on one instance at a time.
/// </summary>
public sealed partial class SweepFunctions(
    VoiceGateway gateway, GatewaySettings settings, DurableClientSlot durable, TimeProvider timeProvider, ILogger<SweepFunctions> logger)
{
    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Every minute: calls without an orchestration, and rooms that no webhook reported.</summary>
    [Function("Sweep")]
    public async Task SweepAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        durable.Put(client);
        LogSwept(await gateway.Calls.Sweeper.SweepAsync(cancellationToken));
    }

    /// <summary>Every night: stories and orchestrations that are older than the retention.</summary>
    [Function("CleanUp")]
    public async Task CleanUpAsync(
        [TimerTrigger("0 17 3 * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var histories = await gateway.Calls.Sweeper.PurgeAsync(cancellationToken);
        var before = timeProvider.GetUtcNow() - settings.Retention;

        // Older hosts cannot purge without a lower bound.
        var instances =
            await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, before, Over), null, cancellationToken);
        LogCleaned(histories, instances.PurgedInstanceCount);
    }

    [LoggerMessage(5301, LogLevel.Debug, "Swept; {Open} calls are open")]
    private partial void LogSwept(int open);

    [LoggerMessage(5302, LogLevel.Information, "Deleted {Histories} histories and {Instances} orchestrations that were old enough")]
    private partial void LogCleaned(int histories, int instances);
}
