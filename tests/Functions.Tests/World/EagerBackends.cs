using System.Text.Json;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>Backends that do what they are asked at once.</summary>
internal sealed class EagerBackends : IToolBackends
{
    public string? FaultOf(Tool tool, JsonElement arguments) => null;

    public Task<ToolReply> AskAsync(ToolRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ToolReply(ToolOutcome.Done) { Status = 200, Result = """{"done":true}""" });
}
