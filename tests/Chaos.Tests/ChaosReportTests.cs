using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos;

/// <summary>What a run came to, for people and for machines.</summary>
public sealed class ChaosReportTests : IDisposable
{
    private static readonly ChaosOptions Options = new(1, 4, 7, 2, FaultName.All);

    private readonly StringWriter output = new();
    private readonly Tally tally = new();
    private readonly TrafficWitness witness = new(TimeProvider.System, _ => { });
    private readonly Outcome outcome = new([], [], [new(DefectKind.GhostRooms, "call-1", "the room lived on")], new Outages());

    public ChaosReportTests() => tally.Add("kill");

    public void Dispose() => output.Dispose();

    [Fact]
    public void The_report_is_aligned_text_with_every_defect()
    {
        new ChaosReport(Console(null), Options).Print(outcome, tally, witness);

        var told = $"{output}";
        Assert.Contains($"  ghost rooms{new string(' ', 54)}1", told, StringComparison.Ordinal);
        Assert.Contains($"  kill{new string(' ', 42)}1", told, StringComparison.Ordinal);
        Assert.Contains("DEFECT  ghost rooms: call-1: the room lived on; seed 7", told, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_it_is_tables()
    {
        new ChaosReport(Console(100), Options).Print(outcome, tally, witness);

        Assert.Contains("│ per 100,000 calls", $"{output}".Replace("\u001b[2m", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_it_is_one_document()
    {
        var document = ChaosJson.Of(Options, outcome, tally, witness, [], "artifacts");

        Assert.Equal(
            ["command", "kept", "folder", "calls", "defects", "found", "faults", "latencyMs", "failures"],
            document.Select(field => field.Key));
        Assert.Equal(
            (false, 1, 1),
            ((bool)document["kept"]!, (int)document["defects"]!["ghost rooms"]!, (int)document["faults"]!["kill"]!));
        Assert.Equal("the room lived on", (string?)document["found"]![0]!["words"]);
        Assert.Equal(Options.Command, (string?)document["command"]);
    }

    private CommandConsole Console(int? columns) => new(_ => null, Stream.Null, output, TextWriter.Null) { OutputColumns = columns };
}
