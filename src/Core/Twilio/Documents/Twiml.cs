using System.Text;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>
/// The TwiML documents that the gateway answers with: UTF-8 without a byte order mark, on one line. The same input gives the same bytes, so
/// Twilio's retry of a request gets the same answer.
/// </summary>
public static class Twiml
{
    /// <summary>The media type of the answer. Twilio would read a <c>text/plain</c> document aloud.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The longest text that Twilio speaks, in characters.</summary>
    public const int MaxSayLength = 4096;

    /// <summary>How many seconds after a question a key is waited for.</summary>
    public const int KeySeconds = 10;

    /// <summary>The longest document that Twilio's REST API takes for a call in progress, in characters.</summary>
    public const int MaxRedirectLength = 4000;

    /// <summary>A document without verbs: it ends a call, and it acknowledges a status callback.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = Document($"<Response/>");

    /// <summary>Hangs up.</summary>
    public static ReadOnlyMemory<byte> Hangup { get; } = Document($"<Response><Hangup/></Response>");

    /// <summary>Refuses a call with the busy tone. Only the first verb of a call that was not answered can do so.</summary>
    public static ReadOnlyMemory<byte> Busy { get; } = Document($"""<Response><Reject reason="busy"/></Response>""");

    /// <summary>Connects the caller to LiveKit.</summary>
    public static ReadOnlyMemory<byte> DialSip(DialSip dial) => Document(
        $"""<Response><Dial answerOnBridge="true" timeout="{dial.TimeoutSeconds}" timeLimit="{dial.TimeLimitSeconds}" """
        + $"""action="{dial.Action}" method="POST">"""
        + $"""<Sip{Attribute("username", dial.Credentials?.Username)}{Attribute("password", dial.Credentials?.Password)} """
        + $"""statusCallback="{dial.StatusCallback}" statusCallbackEvent="initiated ringing answered completed" """
        + $"""statusCallbackMethod="POST">"""
        + $"""{dial.SipUri}</Sip></Dial></Response>""");

    /// <summary>Connects the caller to a human.</summary>
    public static ReadOnlyMemory<byte> DialNumber(DialNumber dial) => Document(
        $"""<Response><Dial answerOnBridge="true"{Attribute("callerId", dial.CallerId?.E164)} """
        + $"""timeout="{dial.TimeoutSeconds}"{Attribute("action", dial.Action)}"""
        + $"""{Attribute("method", dial.Action is null ? null : "POST")}>"""
        + $"""<Number{Attribute("url", dial.ScreenUrl)}{Attribute("method", dial.ScreenUrl is null ? null : "POST")}>"""
        + $"""{dial.Number.E164}</Number></Dial></Response>""");

    /// <summary>Says a text in Twilio's own voice and hangs up.</summary>
    public static ReadOnlyMemory<byte> Say(string text) => Say(text, SpokenVoice.OfTwilio);

    /// <summary>Says a text and hangs up. A text longer than <see cref="MaxSayLength"/> is cut. An empty text only hangs up.</summary>
    public static ReadOnlyMemory<byte> Say(string text, SpokenVoice voice) => string.IsNullOrWhiteSpace(text)
        ? Hangup
        : Document($"""<Response><Say{Attribute("voice", voice.Name)}{Attribute("language", voice.Language)}>{Cut(text)}</Say>"""
            + $"""<Hangup/></Response>""");

    /// <summary>
    /// Says a text and asks for one key, which Twilio sends to <paramref name="action"/>, an absolute URL. Without one within
    /// <see cref="KeySeconds"/> after the text, Twilio hangs up.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="action"/> is not absolute.</exception>
    public static ReadOnlyMemory<byte> AskForKey(string text, SpokenVoice voice, string action) => Document(
        $"""<Response><Gather numDigits="1" timeout="{KeySeconds}" action="{AbsoluteUrl.Require(action, nameof(action))}" """
        + $"""method="POST"><Say{Attribute("voice", voice.Name)}{Attribute("language", voice.Language)}>{Cut(text)}</Say></Gather>"""
        + $"""<Hangup/></Response>""");

    /// <summary>Whether a text can be said in every place: also to a caller whom the REST API takes out of a room.</summary>
    public static bool CanSay(string text, SpokenVoice voice) =>
        text.Length <= MaxSayLength && Encoding.UTF8.GetCharCount(Say(text, voice).Span) <= MaxRedirectLength;

    private static byte[] Document(TwimlText text) => text.ToUtf8();

    private static TwimlText.OptionalAttribute Attribute(string name, string? value) => new(name, value);

    private static string Cut(string text) => text.Length <= MaxSayLength ? text
        : text[..(char.IsHighSurrogate(text[MaxSayLength - 1]) ? MaxSayLength - 1 : MaxSayLength)];
}
