using System.Net;
using System.Text.Json.Nodes;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.History;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.EngineHost;

/// <summary>
/// The task hub: the Azure Storage provider behind the gRPC that a worker speaks, and the worker that runs the app's tasks.
/// </summary>
internal sealed class AzureTaskHub : IAsyncDisposable
{
    private readonly AzureStorageOrchestrationService service;
    private readonly WebApplication server;
    private readonly IHost worker;
    private readonly GrpcChannel channel;

    private AzureTaskHub(AzureStorageOrchestrationService service, WebApplication server, IHost worker, GrpcChannel channel)
    {
        this.service = service;
        this.server = server;
        this.worker = worker;
        this.channel = channel;
    }

    /// <summary>The client that a durable binding would give.</summary>
    public DurableTaskClient Client => worker.Services.GetRequiredService<DurableTaskClient>();

    /// <summary>Every instance of the hub.</summary>
    public async Task<IReadOnlyList<OrchestrationMetadata>> InstancesAsync(CancellationToken cancellationToken)
    {
        var instances = new List<OrchestrationMetadata>();
        await foreach (var instance in Client.GetAllInstancesAsync().WithCancellation(cancellationToken))
        {
            instances.Add(instance);
        }

        return instances;
    }

    /// <summary>
    /// The history of an instance as it is stored: what kind of event each row is, the task that it names, and when the timer that it makes
    /// is to fire.
    /// </summary>
    public async Task<IReadOnlyList<(EventType Type, string? Task, string? FireAt)>> HistoryAsync(string instanceId) =>
        [.. JsonNode.Parse(await service.GetOrchestrationHistoryAsync(instanceId, null))!.AsArray()
            .Select(row => ((EventType)(int)row!["EventType"]!, (string?)row["Name"], row["FireAt"]?.ToString()))];

    /// <summary>Makes the hub where it is missing, and takes part in it.</summary>
    /// <param name="settings">The provider's settings.</param>
    /// <param name="version">The version of instances that are begun here.</param>
    /// <param name="register">Registers the tasks.</param>
    /// <param name="loggers">Where everything logs to.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<AzureTaskHub> StartAsync(
        AzureStorageOrchestrationServiceSettings settings,
        string version,
        Action<DurableTaskRegistry> register,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var service = new AzureStorageOrchestrationService(settings);
        await service.CreateIfNotExistsAsync();
        var server = await ServeAsync(service, loggers, cancellationToken);
        var addresses = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var channel = GrpcChannel.ForAddress(addresses.First());
        var worker = await WorkAsync(channel, version, register, loggers, cancellationToken);
        return new AzureTaskHub(service, server, worker, channel);
    }

    /// <summary>Leaves in order, as a host does that is told to stop: what runs is finished, and the partitions are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        worker.Dispose();
        channel.Dispose();
        await server.DisposeAsync();
        service.Dispose();
    }

    private static async Task<WebApplication> ServeAsync(
        AzureStorageOrchestrationService service, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IOrchestrationService>(service);
        builder.Services.AddSingleton<IOrchestrationServiceClient>(service);
        builder.Services.AddSingleton<HubServer>();
        var server = builder.Build();
        server.UseRouting();
        server.MapGrpcService<HubServer>();
        await server.StartAsync(cancellationToken);
        return server;
    }

    private static async Task<IHost> WorkAsync(
        GrpcChannel channel,
        string version,
        Action<DurableTaskRegistry> register,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddDurableTaskWorker(tasks =>
        {
            tasks.AddTasks(register);
            tasks.UseGrpc(channel);
            tasks.UseVersioning(new DurableTaskWorkerOptions.VersioningOptions
            {
                Version = version,
                DefaultVersion = version,
                MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
                FailureStrategy = DurableTaskWorkerOptions.VersionFailureStrategy.Reject,
            });
        });
        builder.Services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(channel);
            client.UseDefaultVersion(version);
        });
        var worker = builder.Build();
        await worker.StartAsync(cancellationToken);
        return worker;
    }
}
