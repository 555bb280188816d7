using VoiceFunctions.Core.Settings;
using VoiceFunctions.Worker.Protocol;
using World = VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Worker.Hosting;

/// <summary>A published worker with complete settings, connected to a host that has asked it for its functions.</summary>
public sealed class RunningWorker : IAsyncLifetime
{
    /// <summary>How long the Functions host waits for a worker to start.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long it waits for a worker to end before it kills it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Complete settings; nothing listens where the journal should be.</summary>
    private static readonly Dictionary<string, string> Settings = new(World.Settings.Complete)
    {
        [SettingNames.StorageConnection] = "AccountName=a;AccountKey=AA==;TableEndpoint=http://127.0.0.1:1/a",
    };

    private FunctionsHost? host;
    private WorkerProcess? process;

    /// <summary>What the worker said when it was told to get ready.</summary>
    internal WorkerInitResponse Init { get; private set; } = new();

    /// <summary>The functions that the worker says it has.</summary>
    internal FunctionMetadataResponse Reported { get; private set; } = new();

    /// <summary>How loading each function went, by its name.</summary>
    internal Dictionary<string, StatusResult> Loaded { get; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        host = await FunctionsHost.StartAsync(patience.Token);
        process = new WorkerProcess(host.Url, Settings);
        var connected = host.ConnectedAsync(patience.Token);
        var ended = process.EndAsync(patience.Token);
        if (await Task.WhenAny(connected, ended) == ended)
        {
            throw new InvalidOperationException($"The worker did not connect: {await ended}");
        }

        var ready = new WorkerInitRequest { HostVersion = "4.0.0" };
        Init = (await host.AskAsync(new StreamingMessage { WorkerInitRequest = ready }, patience.Token)).WorkerInitResponse;
        var list = new FunctionsMetadataRequest { FunctionAppDirectory = PublishedApp.Folder };
        Reported = (await host.AskAsync(new StreamingMessage { FunctionsMetadataRequest = list }, patience.Token)).FunctionMetadataResponse;
        foreach (var function in Reported.FunctionMetadataResults)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var answer = await host.AskAsync(new StreamingMessage { FunctionLoadRequest = load }, patience.Token);
            Loaded.Add(function.Name, answer.FunctionLoadResponse.Result);
        }
    }

    /// <summary>Sends a GET through the host to a function whose request is the parameter <c>request</c>.</summary>
    internal async Task<InvocationResponse> GetAsync(string function, string url, CancellationToken cancellationToken)
    {
        var data = new TypedData { Http = new RpcHttp { Method = "GET", Url = url } };
        var request = new InvocationRequest
        {
            InvocationId = "invocation-1",
            FunctionId = Reported.FunctionMetadataResults.Single(reported => reported.Name == function).FunctionId,
            TraceContext = new RpcTraceContext(),
            InputData = { new ParameterBinding { Name = "request", Data = data } },
        };
        return (await host!.AskAsync(new StreamingMessage { InvocationRequest = request }, cancellationToken)).InvocationResponse;
    }

    /// <summary>The host's own word for the end.</summary>
    internal Task TellEndAsync(CancellationToken cancellationToken) =>
        host!.TellAsync(new StreamingMessage { WorkerTerminate = new WorkerTerminate() }, cancellationToken);

    /// <summary>SIGTERM.</summary>
    internal void Terminate() => process!.Terminate();

    /// <summary>Waits for the worker's end as long as the host does.</summary>
    internal Task<WorkerEnd> EndAsync(CancellationToken cancellationToken) =>
        process!.EndAsync(cancellationToken).WaitAsync(Grace, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process?.Dispose();
        await (host?.DisposeAsync() ?? default);
    }
}
