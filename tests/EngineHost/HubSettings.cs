using System.Globalization;
using System.Text.Json.Nodes;
using DurableTask.AzureStorage;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.EngineHost;

/// <summary>What the function app's host.json says about the task hub, for the provider that the Functions host would make of it.</summary>
internal static class HubSettings
{
    /// <summary>Reads the host.json that the function app brought along.</summary>
    public static AzureStorageOrchestrationServiceSettings Read(EngineSettings settings, ILoggerFactory loggers)
    {
        var durable = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!["extensions"]!["durableTask"]!;
        var storage = durable["storageProvider"]!.AsObject();
        var hub = new AzureStorageOrchestrationServiceSettings
        {
            AppName = "voicefunctions",
            LoggerFactory = loggers,
            MaxConcurrentTaskActivityWorkItems = (int)durable["maxConcurrentActivityFunctions"]!,
            MaxConcurrentTaskOrchestrationWorkItems = (int)durable["maxConcurrentOrchestratorFunctions"]!,
            StorageAccountClientProvider = new StorageAccountClientProvider(settings.HubStorage),
            TaskHubName = settings.HubName,
            ThrowExceptionOnInvalidDedupeStatus = true,
            UseTablePartitionManagement = true,
            WorkerId = settings.Worker,
        };
        foreach (var (name, value) in storage)
        {
            Set(hub, name, value!);
        }

        return hub;
    }

    private static void Set(AzureStorageOrchestrationServiceSettings hub, string name, JsonNode value)
    {
        switch (name)
        {
            case "controlQueueVisibilityTimeout":
                hub.ControlQueueVisibilityTimeout = Time(value);
                break;
            case "maxQueuePollingInterval":
                hub.MaxQueuePollingInterval = Time(value);
                break;
            case "partitionCount":
                hub.PartitionCount = (int)value;
                break;
            case "workItemQueueVisibilityTimeout":
                hub.WorkItemQueueVisibilityTimeout = Time(value);
                break;
            default:
                throw new InvalidOperationException($"host.json sets storageProvider.{name}, which this host does not know yet.");
        }
    }

    private static TimeSpan Time(JsonNode value) => TimeSpan.Parse((string)value!, CultureInfo.InvariantCulture);
}
