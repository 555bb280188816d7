using VoiceFunctions.Worker.Hosting;

namespace VoiceFunctions.Worker;

/// <summary>A host that stops asks its worker to end, and kills it where it does not.</summary>
public sealed class WorkerEndTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_ends_in_order_on_SIGTERM()
    {
        await using var worker = new RunningWorker();
        await worker.InitializeAsync();

        worker.Terminate();

        Assert.Equal(new WorkerEnd(0, "", ""), await worker.EndAsync(Stop));
    }

    [Fact]
    public async Task A_worker_ends_in_order_when_the_host_tells_it_to()
    {
        await using var worker = new RunningWorker();
        await worker.InitializeAsync();
        Assert.Contains("HandlesWorkerTerminateMessage", worker.Init.Capabilities.Keys); // without it the host says nothing

        await worker.TellEndAsync(Stop);

        Assert.Equal(new WorkerEnd(0, "", ""), await worker.EndAsync(Stop));
    }
}
