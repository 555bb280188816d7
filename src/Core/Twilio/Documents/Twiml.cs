namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>
/// The documents that we answer Twilio with: UTF-8 without a byte order mark, on one line. The same input gives the same bytes, so a repeated request
/// gets the answer that the first one may have lost.
/// </summary>
public static class Twiml
{
    /// <summary>The media type to send; Twilio reads a document of type <c>text/plain</c> aloud.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The longest text in characters that Twilio speaks.</summary>
    public const int MaxSayLength = 4096;

    /// <summary>Nothing to do: ends a call, and answers a status callback.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = Document($"<Response/>");

    /// <summary>Hangs up.</summary>
    public static ReadOnlyMemory<byte> Hangup { get; } = Document($"<Response><Hangup/></Response>");

    /// <summary>Hands the caller to LiveKit.</summary>
    public static ReadOnlyMemory<byte> DialSip(DialSip dial) => Document(
        $"""<Response><Dial answerOnBridge="true" timeout="{dial.TimeoutSeconds}" timeLimit="{dial.TimeLimitSeconds}" """
        + $"""action="{dial.Action}" method="POST">"""
        + $"""<Sip{Attribute("username", dial.Credentials?.Username)}{Attribute("password", dial.Credentials?.Password)} """
        + $"""statusCallback="{dial.StatusCallback}" statusCallbackEvent="initiated ringing answered completed" statusCallbackMethod="POST">"""
        + $"""{dial.SipUri}</Sip></Dial></Response>""");

    /// <summary>Hands the caller to a human.</summary>
    public static ReadOnlyMemory<byte> DialNumber(DialNumber dial) => Document(
        $"""<Response><Dial answerOnBridge="true"{Attribute("callerId", dial.CallerId?.E164)} timeout="{dial.TimeoutSeconds}"{Attribute("action", dial.Action)}"""
        + $"""{Attribute("method", dial.Action is null ? null : "POST")}><Number>{dial.Number.E164}</Number></Dial></Response>""");

    /// <summary>Says a text and hangs up. What is longer than <see cref="MaxSayLength"/> is cut; nothing to say only hangs up.</summary>
    public static ReadOnlyMemory<byte> Say(string text) => string.IsNullOrWhiteSpace(text)
        ? Hangup
        : Document($"<Response><Say>{Cut(text)}</Say><Hangup/></Response>");

    private static byte[] Document(TwimlText text) => text.ToUtf8();

    private static TwimlText.OptionalAttribute Attribute(string name, string? value) => new(name, value);

    private static string Cut(string text) => text.Length <= MaxSayLength ? text
        : text[..(char.IsHighSurrogate(text[MaxSayLength - 1]) ? MaxSayLength - 1 : MaxSayLength)];
}
