using System.Collections.Concurrent;
using System.Text.Json;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

/// <summary>Backends that answer what a test says, and keep what they were asked.</summary>
internal sealed class BenchBackends : IToolBackends
{
    /// <summary>Every request, in order.</summary>
    public ConcurrentQueue<ToolRequest> Asked { get; } = [];

    /// <summary>What is answered.</summary>
    public Func<ToolRequest, Task<ToolReply>> Answer { get; set; } =
        _ => Task.FromResult(new ToolReply(ToolOutcome.Done) { Status = 200, Result = """{"reservationId":"R-1"}""" });

    /// <summary>What is wrong with arguments.</summary>
    public Func<JsonElement, string?> Fault { get; set; } = _ => null;

    public string? FaultOf(Tool tool, JsonElement arguments) => Fault(arguments);

    public Task<ToolReply> AskAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return Answer(request);
    }
}
