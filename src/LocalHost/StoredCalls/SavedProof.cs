using System.Text.Encodings.Web;
using System.Text.Json;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// A proof with its rows as text: what <c>proof --json</c> and <c>call --save</c> write and <see cref="StoredCallSource"/> reads.
/// </summary>
internal static class SavedProof
{
    private static readonly ProofJson Plain =
        new(new JsonSerializerOptions(ProofJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The text.</summary>
    public static string Of(CallProof proof) => JsonSerializer.Serialize(proof, Plain.CallProof);
}
