namespace VoiceFunctions.LocalHost.Doctor.Checks.Gateway;

/// <summary>What it means how the gateway answers something that doctor signed.</summary>
internal static class Door
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    /// <param name="answer">The gateway's answer.</param>
    /// <param name="now">This machine's time when it was sent.</param>
    /// <param name="what">What was sent.</param>
    /// <param name="cause">Why a gateway refuses the signature.</param>
    /// <param name="change">What to do about it.</param>
    public static Finding FindingOf(ProbeAnswer answer, DateTimeOffset now, string what, string cause, string change) =>
        answer.Status switch
    {
        >= 200 and < 300 => Finding.Ok($"the gateway accepts a {what} that doctor signed"),
        401 when answer.Date is { } theirs && (theirs - now).Duration() > Leeway => Finding.Fail(
            $"the gateway refuses a {what}: its clock differs by {(theirs - now).Duration().TotalSeconds:0} s",
            "set the clock of the machine on which the gateway runs"),
        401 when answer.Body.Contains("bad-signature", StringComparison.Ordinal) =>
            Finding.Fail($"the gateway refuses the signature of a {what}: {cause}", change),
        401 or 403 => Finding.Fail(
            $"something in front of the gateway refuses a {what} with {answer.Status}",
            "let everybody reach the paths /twilio and /livekit, without a login or access control of a tunnel or of App Service"),
        503 => Finding.Fail($"the gateway cannot store a {what}: its journal is down", "see the check of storage, and the gateway's log"),
        0 => Finding.Fail($"the gateway did not answer a {what}: {answer.Why}", "see the gateway's log"),
        _ => Finding.Fail($"a {what} is answered with {answer.Status}", "see the gateway's log, and check what is in front of the gateway"),
    };
}
