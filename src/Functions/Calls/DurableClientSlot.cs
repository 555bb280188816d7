using Microsoft.DurableTask.Client;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// The client of the task hub. The extension gives it to invocations only, through their binding, while the gateway is put together once.
/// Behind every binding is the same cached client of this process's host, so whichever came last serves all; only a host that opened its
/// listener anew gives another one, which then counts.
/// </summary>
public sealed class DurableClientSlot
{
    private volatile DurableTaskClient? latest;

    /// <summary>The client that an invocation brought; there is one as soon as anything can have happened.</summary>
    public DurableTaskClient Client => latest ?? throw new InvalidOperationException("No invocation has brought a durable client yet.");

    /// <summary>Takes the client of an invocation.</summary>
    public void Put(DurableTaskClient client) => latest = client;
}
