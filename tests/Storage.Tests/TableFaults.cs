using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace VoiceFunctions.Storage;

/// <summary>Stands beside the wire: counts what is asked of the store, and loses answers on demand.</summary>
internal sealed class TableFaults : HttpPipelinePolicy
{
    private Func<Task>? meanwhile;
    private int writesUntilLoss;
    private Func<Task>? before;
    private int writesUntilBefore;

    /// <summary>Every request that left, retries included: the method and the decoded path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>
    /// The store carries the n-th write from now on out, but its answer gets lost; before the client asks again, something else may happen.
    /// </summary>
    public void LoseAnswer(int write = 1, Func<Task>? meanwhile = null)
    {
        this.meanwhile = meanwhile;
        writesUntilLoss = write;
    }

    /// <summary>Something happens before the n-th write from now on leaves.</summary>
    public void BeforeWrite(int write, Func<Task> happens)
    {
        before = happens;
        writesUntilBefore = write;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Requests.Enqueue($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.ToUri().PathAndQuery)}");
        var isWrite = message.Request.Method != RequestMethod.Get;
        if (isWrite && Interlocked.Decrement(ref writesUntilBefore) == 0)
        {
            await before!();
        }

        await ProcessNextAsync(message, pipeline);
        if (isWrite && Interlocked.Decrement(ref writesUntilLoss) == 0)
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            throw new IOException("The connection was reset before the answer came.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
