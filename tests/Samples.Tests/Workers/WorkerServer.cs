using System.Collections.Concurrent;
using System.Net.WebSockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Samples.Workers.Wire;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.People;

namespace VoiceFunctions.Samples.Workers;

/// <summary>
/// The side of the simulated LiveKit that real workers see: they register, get a job for each dispatch of their name, and the job's
/// process asks for the room. There it counts as heard: no media server is here that would carry its sound.
/// </summary>
internal sealed class WorkerServer
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    private readonly SimulatedLiveKit liveKit;
    private readonly ConcurrentDictionary<string, Worker> workers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int jobs;

    public WorkerServer(SimulatedLiveKit liveKit)
    {
        this.liveKit = liveKit;
        liveKit.Agents = new AgentScript(AgentBehaviour.NeverJoins); // Only the real one comes.
        liveKit.Offered = offer => _ = OfferAsync(offer);
        liveKit.Sockets = ServeAsync;
    }

    /// <summary>Ends with the name under which the first worker is registered.</summary>
    public Task<string> Registered => registered.Task;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task ServeAsync(HttpContext context)
    {
        var token = context.Request.Query["access_token"].FirstOrDefault()
            ?? context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!LiveKitToken.TryVerify(new LiveKitKeyring(liveKit.Key), token, TimeProvider.System.GetUtcNow(), out var claims))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        if (context.Request.Path.StartsWithSegments("/rtc", StringComparison.Ordinal))
        {
            await StayAsync(socket, liveKit.Join(token));
        }
        else if (claims.Grants is { Agent: true })
        {
            await ListenAsync(new Worker(socket));
        }
    }

    /// <summary>The job is in the room as long as its connection lasts and the room is there.</summary>
    private async Task StayAsync(WebSocket socket, Visit? visit)
    {
        if (visit is not null)
        {
            await Task.WhenAny(visit.Left, ReadAsync(socket));
            liveKit.Leave(visit);
        }
    }

    private async Task ListenAsync(Worker worker)
    {
        while (await ReadAsync(worker.Socket) is { } bytes)
        {
            var message = FromWorker.Parser.ParseFrom(bytes);
            switch (message.MessageCase)
            {
                case FromWorker.MessageOneofCase.Register:
                    workers[message.Register.AgentName] = worker;
                    await worker.TellAsync(new FromServer { Register = new Registered { WorkerId = "AW_1" } });
                    registered.TrySetResult(message.Register.AgentName);
                    break;
                case FromWorker.MessageOneofCase.Availability when worker.Jobs.TryRemove(message.Availability.JobId, out var job):
                    await AssignAsync(worker, job, message.Availability);
                    break;
            }
        }
    }

    private async Task OfferAsync(AgentOffer offer)
    {
        if (workers.TryGetValue(offer.AgentName, out var worker))
        {
            var job = new WorkerJob
            {
                Id = $"AJ_{Interlocked.Increment(ref jobs)}",
                Room = new JobRoom { Name = offer.Room },
                Metadata = offer.Metadata,
                AgentName = offer.AgentName,
                DispatchId = offer.DispatchId,
            };
            worker.Jobs[job.Id] = job;
            await worker.TellAsync(new FromServer { Availability = new Offer { Job = job } });
        }
    }

    private async Task AssignAsync(Worker worker, WorkerJob job, Readiness ready)
    {
        if (ready.Available)
        {
            var token = LiveKitToken.MintFor(
                liveKit.Key,
                ready.ParticipantIdentity,
                LiveKitGrants.JoinAsAgent(job.Room.Name),
                TimeProvider.System.GetUtcNow(),
                TokenLife,
                new Dictionary<string, string> { [LiveKitAttributes.AgentName] = job.AgentName });
            await worker.TellAsync(new FromServer { Assignment = new Assignment { Job = job, Token = token } });
        }
    }

    /// <summary>The next whole message; <c>null</c> once the other side is gone.</summary>
    private static async Task<byte[]?> ReadAsync(WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, Stop);
                await message.WriteAsync(buffer.AsMemory(0, part.Count), Stop);
            }
            while (!part.EndOfMessage);
            return part.MessageType == WebSocketMessageType.Close ? null : message.ToArray();
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>A worker that is connected, and the jobs that it has not answered for.</summary>
    private sealed class Worker(WebSocket socket)
    {
        private readonly Lock gate = new();
        private Task told = Task.CompletedTask;

        public WebSocket Socket => socket;

        public ConcurrentDictionary<string, WorkerJob> Jobs { get; } = new(StringComparer.Ordinal);

        /// <summary>Sends a message, once those before it are sent.</summary>
        public Task TellAsync(FromServer message)
        {
            lock (gate)
            {
                return told = SendAsync(told, message.ToByteArray());
            }
        }

        private async Task SendAsync(Task before, byte[] message)
        {
            await before;
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, Stop);
        }
    }
}
