using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Testing;

/// <summary>
/// A script in tests/oracles that answers questions with a vendor's own SDK: one JSON document per line in, one per line out.
/// Ask many questions through one process; dispose it to end it.
/// </summary>
public sealed class NodeOracle : IDisposable
{
    private readonly Process process;

    /// <summary>Starts <c>tests/oracles/{script}</c>.</summary>
    public NodeOracle(string script)
    {
        var start = new ProcessStartInfo("node", [Repository.PathOf("tests", "oracles", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.PathOf("tests", "oracles"),
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
    }

    /// <summary>Asks one question and waits for its answer.</summary>
    public async Task<JsonNode> AskAsync(object question, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question).AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        var answer = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The oracle ended without an answer; its error stands above.");
        return JsonNode.Parse(answer)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(2000))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
