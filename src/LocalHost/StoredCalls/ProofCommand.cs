using System.Text.Encodings.Web;
using System.Text.Json;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary><c>proof [--json] CALLID|FILE</c>: a call's story out of its stored rows, and each promise with a yes or no.</summary>
internal static class ProofCommand
{
    private const string Json = "--json";
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
        if (arguments.Where(argument => argument != Json).ToList() is not [var what])
        {
            await errors.WriteLineAsync("proof needs one call: ./run.sh proof [--json] CALLID|FILE");
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

            return proof.Holds switch { ProofAnswer.Yes => 0, ProofAnswer.NotYet => 3, _ => 1 };
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await errors.WriteLineAsync(nothing.Message);
            return 2;
        }
    }
}
