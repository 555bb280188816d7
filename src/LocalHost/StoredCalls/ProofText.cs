using VoiceFunctions.Core.Proofs;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A proof for people.</summary>
internal static class ProofText
{
    /// <summary>Tells the story in the order of time, then the promises.</summary>
    public static async Task TellAsync(CallProof proof, CommandConsole console)
    {
        var output = console.Output;
        await output.WriteLineAsync($"call {proof.CallId}, {proof.Events.Count} events, {proof.Events.Sum(seen => seen.Duplicates)} "
            + $"duplicates dropped, {proof.Effects.Count} effects, times in UTC");
        await output.WriteLineAsync();
        var seen = proof.Events.Select(seen => (seen.At, Line: $"{"seen",-9}{seen.What}  ({seen.Id}"
            + $"{(seen.SeenBy is { } ? "" : ", after the last step")}{(seen.Duplicates == 0 ? "" : $", {seen.Duplicates} dropped")})"));
        var done = proof.Steps.Select(step => (step.At, Line: $"{$"step {step.Number}",-9}{step.Did}"));
        foreach (var (at, line) in seen.Concat(done).OrderBy(entry => entry.At))
        {
            await output.WriteLineAsync($"  {at.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}  {line}");
        }

        await output.WriteLineAsync();
        var promises = new Listing(new("Kept", 9), new("Promise", 24), new("What it says")) { Indent = "  " };
        foreach (var promise in proof.Promises)
        {
            var answer = promise.Answer switch
            {
                ProofAnswer.Yes => new Cell("yes", Tone.Good),
                ProofAnswer.No => new Cell("NO", Tone.Bad),
                _ => new Cell("not yet", Tone.Doubtful),
            };
            promises.Add(answer, promise.Name, promise.Text);
        }

        console.Tell(promises);
        console.Tell("");
        switch (proof.Holds)
        {
            case ProofAnswer.Yes:
                console.Tell("All promises kept.", Tone.Good);
                break;
            case ProofAnswer.No:
                console.Tell("A promise was broken.", Tone.Bad);
                break;
            default:
                console.Tell("No promise is broken so far.", Tone.Doubtful);
                break;
        }
    }
}
