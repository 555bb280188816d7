using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A proof for people.</summary>
internal static class ProofText
{
    /// <summary>Tells the story in the order of time, then the promises.</summary>
    public static async Task TellAsync(CallProof proof, TextWriter output)
    {
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
        foreach (var promise in proof.Promises)
        {
            var answer = promise.Answer switch { ProofAnswer.Yes => "yes", ProofAnswer.No => "NO", _ => "not yet" };
            await output.WriteLineAsync($"  {answer,-9}{promise.Name,-24}{promise.Text}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(proof.Holds switch
        {
            ProofAnswer.Yes => "All promises kept.",
            ProofAnswer.No => "A promise was broken.",
            _ => "No promise is broken so far.",
        });
    }
}
