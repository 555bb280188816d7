using DurableTask.Core;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchestrationStatus = DurableTask.Core.OrchestrationStatus;

namespace VoiceFunctions.EngineHost;

/// <summary>
/// The task hub as a worker sees it. It tells of an instance that is missing or over when an event is raised for it, which the Functions
/// host does too where host.json says <c>throwStatusExceptionsOnRaiseEvent</c>; and looking that up costs the same request.
/// </summary>
internal sealed class HubServer : TaskHubGrpcServer
{
    private readonly IOrchestrationServiceClient hub;

    public HubServer(
        IHostApplicationLifetime lifetime,
        ILoggerFactory loggers,
        IOrchestrationService service,
        IOrchestrationServiceClient client,
        IOptions<TaskHubGrpcServerOptions> options)
        : base(lifetime, loggers, service, client, options) => hub = client;

    public override async Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context)
    {
        var instance = (await hub.GetOrchestrationStateAsync(request.InstanceId, allExecutions: false)).SingleOrDefault();
        return instance?.OrchestrationStatus switch
        {
            null => throw new RpcException(new Status(StatusCode.NotFound, "There is no such instance.")),
            OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated =>
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "The instance is over.")),
            _ => await base.RaiseEvent(request, context),
        };
    }
}
