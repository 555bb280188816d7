using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Worker.Protocol;

namespace VoiceFunctions.Worker.Hosting;

/// <summary>The part of the Functions host that talks to a worker: it waits for one to connect and asks it one thing at a time.</summary>
internal sealed class FunctionsHost : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly TaskCompletionSource<IServerStreamWriter<StreamingMessage>> connected =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<StreamingMessage> heard = Channel.CreateUnbounded<StreamingMessage>();
    private readonly WebApplication app;
    private int asked;

    private FunctionsHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.MapGrpcService<FunctionsHost>();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(app.Urls.Single());

    /// <summary>Starts one on a free port.</summary>
    public static async Task<FunctionsHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = new FunctionsHost();
        await host.app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>Waits for the first word of a worker, which says who it is.</summary>
    public async Task<StartStream> ConnectedAsync(CancellationToken cancellationToken)
    {
        await connected.Task.WaitAsync(cancellationToken);
        return (await heard.Reader.ReadAsync(cancellationToken)).StartStream;
    }

    /// <summary>Asks the worker and waits for its answer. What it logs meanwhile is passed over.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        question.RequestId = (++asked).ToString(CultureInfo.InvariantCulture);
        await TellAsync(question, cancellationToken);
        await foreach (var answer in heard.Reader.ReadAllAsync(cancellationToken))
        {
            if (answer.RequestId == question.RequestId && answer.ContentCase != StreamingMessage.ContentOneofCase.None)
            {
                return answer;
            }
        }

        throw new InvalidOperationException($"The worker has gone without an answer to {question.ContentCase}.");
    }

    /// <summary>Tells the worker something that has no answer.</summary>
    public async Task TellAsync(StreamingMessage message, CancellationToken cancellationToken) =>
        await (await connected.Task.WaitAsync(cancellationToken)).WriteAsync(message, cancellationToken);

    /// <inheritdoc/>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        connected.SetResult(responseStream);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                heard.Writer.TryWrite(message);
            }
        }
        finally
        {
            heard.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
