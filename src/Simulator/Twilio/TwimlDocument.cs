using System.Xml;
using System.Xml.Linq;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>Reads a TwiML answer as Twilio does.</summary>
internal static class TwimlDocument
{
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(400);

    private static readonly string[] MediaTypes = ["text/xml", "application/xml", "text/html"];

    /// <summary>The verbs of the answer; <c>null</c> if Twilio would report an application error.</summary>
    public static IReadOnlyList<XElement>? VerbsOf(TwilioAnswer? answer)
    {
        if (answer is not { Status: >= 200 and < 300 } || !MediaTypes.Contains(answer.MediaType) || !answer.Body.StartsWith('<'))
        {
            return null;
        }

        try
        {
            return XDocument.Parse(answer.Body).Root is { Name.LocalName: "Response" } response ? [.. response.Elements()] : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>How long Twilio takes to say a text.</summary>
    public static TimeSpan SpeakingTime(string text) => Word * text.Trim().Split(' ').Length;

    public static int? Number(this XElement verb, string attribute) => (int?)verb.Attribute(attribute);

    public static string? Text(this XElement verb, string attribute) => (string?)verb.Attribute(attribute);
}
