// Members of Microsoft.DurableTask.Client and of Microsoft.Azure.DurableTask.Core.
using VoiceFunctions.ApiStubs;

namespace DurableTask.Core.Exceptions
{
    public class OrchestrationAlreadyExistsException : InvalidOperationException
    {
        public OrchestrationAlreadyExistsException()
        {
        }

        public OrchestrationAlreadyExistsException(string message)
            : base(message)
        {
        }

        public OrchestrationAlreadyExistsException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Microsoft.DurableTask.Client
{
    public abstract class DurableTaskClient(string name) : IAsyncDisposable
    {
        public string Name { get; } = name;

        public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default);

        public abstract Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

        public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

        public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

        public abstract Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

        public virtual Task<PurgeResult> PurgeAllInstancesAsync(
            PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) => throw Stub.Called();

        public abstract ValueTask DisposeAsync();
    }

    public enum OrchestrationRuntimeStatus
    {
        Running,
        Completed,

        [Obsolete("The ContinuedAsNew status exists only for compatibility reasons.")]
        ContinuedAsNew,
        Failed,

        [Obsolete("The Canceled status exists only for compatibility reasons.")]
        Canceled,
        Terminated,
        Pending,
        Suspended,
    }

    public static class StartOrchestrationOptionsExtensions
    {
        public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses =
            [.. Enum.GetValues<OrchestrationRuntimeStatus>().Where(status => status.ToString() != "ContinuedAsNew")];
    }

    public sealed class OrchestrationMetadata(string name, string instanceId)
    {
        public string Name { get; } = name;

        public string InstanceId { get; } = instanceId;
    }

    public record OrchestrationQuery;

    public record PurgeInstancesFilter(
        DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
    {
        public TimeSpan? Timeout { get; init; }
    }

    public record PurgeInstanceOptions(bool Recursive = false);

    public class PurgeResult(int count)
    {
        public int PurgedInstanceCount { get; } = count;
    }
}
