using System.Text.Encodings.Web;
using System.Text.Json;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Costs;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// <c>proof [--json] [--cost] CALLID|FILE</c>: a call's story out of its stored rows, each promise with a yes or no, and what it cost.
/// </summary>
internal static class ProofCommand
{
    private const string Json = "--json";
    private const string Cost = "--cost";
    private static readonly ProofJson Plain =
        new(new JsonSerializerOptions(ProofJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>
    /// Runs the command; 0 only if every promise was kept, 1 where one was broken, 3 where none was and the call is under way, 2
    /// where there is nothing to prove.
    /// </summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        if (arguments.Where(argument => argument is not (Json or Cost)).ToList() is not [var what]
            || (arguments.Contains(Json) && arguments.Contains(Cost)))
        {
            await errors.WriteLineAsync("proof needs one call: ./run.sh proof [--json or --cost] CALLID|FILE");
            return 2;
        }

        try
        {
            var source = StoredCallSource.From(environment);
            var (callId, rows) = await source.ReadAsync(what, cancellationToken);
            var proof = CallAuditor.Audit(callId, rows, source.Routes, source.Scope);
            if (arguments.Contains(Json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(proof, Plain.CallProof));
            }
            else
            {
                await ProofText.TellAsync(proof, output);
            }

            if (arguments.Contains(Cost)
                && CallCosts.Of(callId, rows, source.Prices, source.Routes, TimeProvider.System.GetUtcNow()) is { } sheet)
            {
                await output.WriteLineAsync();
                await CostText.TellAsync(sheet, output);
            }

            return proof.Holds switch { ProofAnswer.Yes => 0, ProofAnswer.NotYet => 3, _ => 1 };
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await errors.WriteLineAsync(nothing.Message);
            return 2;
        }
    }
}
