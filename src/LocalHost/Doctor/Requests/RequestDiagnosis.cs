namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Why a request is refused. No text of it holds a secret.</summary>
/// <param name="Sender">Whose signature it carries: <c>twilio</c>, <c>livekit</c> or <c>nobody</c>.</param>
/// <param name="IsAccepted">Whether a gateway with these settings takes it.</param>
/// <param name="Cause">What is wrong, in a word: <c>host</c>, <c>scheme</c>, <c>body</c>, …</param>
/// <param name="Sentence">The same in a sentence.</param>
/// <param name="Change">What to change.</param>
internal sealed record RequestDiagnosis(string Sender, bool IsAccepted, string Cause, string Sentence, string Change);
