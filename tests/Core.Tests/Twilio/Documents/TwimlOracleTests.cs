using System.Text;
using System.Xml.Linq;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>Our documents are equivalent to those of Twilio's own npm library.</summary>
public sealed class TwimlOracleTests : IDisposable
{
    private static readonly string[] Pieces =
        ["&", "<", ">", "\"", "'", "]]>", "<!--", "&amp;", "é", "日本", "😀", " ", "a", "Z", "9", "%20", "+", ";", "?", "="];

    private readonly NodeOracle twilio = new("twilio.mjs");
    private readonly Random random = new(12_100);

    [Fact]
    public async Task The_dial_to_LiveKit_is_Twilios()
    {
        for (var i = 0; i < 200; i++)
        {
            var dial = TwimlTests.Dial(
                headers: [("X-Call", Text()), ("X-Name", Text())],
                time: TimeSpan.FromSeconds(random.Next(20_000)),
                action: $"https://voice.example.com/{Text()}",
                statusCallback: $"https://voice.example.com/?{Text()}") with
            {
                Credentials = random.Next(2) == 0 ? null : new SipCredentials(Text(), Text()),
            };

            await AssertSameAsync(Twiml.DialSip(dial), new
            {
                op = "dialSip",
                timeout = dial.TimeoutSeconds,
                timeLimit = dial.TimeLimitSeconds,
                action = dial.Action,
                username = dial.Credentials?.Username,
                password = dial.Credentials?.Password,
                statusCallback = dial.StatusCallback,
                uri = dial.SipUri,
            });
        }
    }

    [Fact]
    public async Task The_dial_to_a_human_is_Twilios()
    {
        for (var i = 0; i < 100; i++)
        {
            var dial = new DialNumber(
                TwimlTests.Number($"+1415555{random.Next(10_000):D4}"),
                TimeSpan.FromSeconds(random.Next(700)),
                random.Next(2) == 0 ? null : TwimlTests.Number("+18005551212"),
                random.Next(2) == 0 ? null : $"https://voice.example.com/{Text()}")
            {
                ScreenUrl = random.Next(2) == 0 ? null : $"https://voice.example.com/?{Text()}",
            };

            await AssertSameAsync(Twiml.DialNumber(dial), new
            {
                op = "dialNumber",
                timeout = dial.TimeoutSeconds,
                callerId = dial.CallerId?.E164,
                action = dial.Action,
                url = dial.ScreenUrl,
                number = dial.Number.E164,
            });
        }
    }

    [Fact]
    public async Task What_is_said_is_said_by_Twilio()
    {
        for (var i = 0; i < 200; i++)
        {
            var (text, voice) = ($"{Text()}\r\n{Text()}x", AnyVoice());

            await AssertSameAsync(Twiml.Say(text, voice), new { op = "say", text, voice = voice.Name, language = voice.Language });
        }
    }

    [Fact]
    public async Task The_question_for_a_key_is_Twilios()
    {
        for (var i = 0; i < 100; i++)
        {
            var (text, voice, action) = ($"{Text()}x", AnyVoice(), $"https://voice.example.com/?{Text()}");

            await AssertSameAsync(Twiml.AskForKey(text, voice, action), new
            {
                op = "askForKey",
                text,
                voice = voice.Name,
                language = voice.Language,
                timeout = Twiml.KeySeconds,
                action,
            });
        }
    }

    [Fact]
    public async Task The_short_documents_are_Twilios()
    {
        await AssertSameAsync(Twiml.Empty, new { op = "empty" });
        await AssertSameAsync(Twiml.Hangup, new { op = "hangup" });
    }

    public void Dispose() => twilio.Dispose();

    private async Task AssertSameAsync(ReadOnlyMemory<byte> ours, object question)
    {
        var answer = await twilio.AskAsync(question, TestContext.Current.CancellationToken);

        Assert.Equal(Canonical(answer["xml"]!.GetValue<string>()), Canonical(Encoding.UTF8.GetString(ours.Span)), XNode.EqualityComparer);
    }

    private static XElement Canonical(string xml) => Canonical(XElement.Parse(xml, LoadOptions.PreserveWhitespace));

    private static XElement Canonical(XElement element) => new(
        element.Name,
        element.Attributes().OrderBy(attribute => attribute.Name.LocalName, StringComparer.Ordinal),
        element.Nodes().Select(node => node is XElement child ? Canonical(child) : node));

    private SpokenVoice AnyVoice() =>
        new(random.Next(2) == 0 ? null : "de-DE", random.Next(2) == 0 ? null : "Polly.Vicki-Neural");

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
