using System.Text;
using System.Xml.Linq;
using Twilio.TwiML;
using Twilio.TwiML.Voice;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Documents;
using Method = Twilio.Http.HttpMethod;

namespace VoiceFunctions.Vendors.Tests.Twilio;

/// <summary>
/// Our documents are equivalent to those of Twilio's own .NET library. It writes the machine's own line break, so no text here has one.
/// </summary>
public sealed class TwilioSdkTwimlTests
{
    private static readonly string[] Pieces =
        ["&", "<", ">", "\"", "'", "]]>", "<!--", "&amp;", "é", "日本", "😀", " ", "a", "Z", "9", "%20", "+", ";", "?", "="];

    private static readonly SpokenVoice Vicki = new("de-DE", "Polly.Vicki-Neural");

    private readonly Random random = new(7_147);

    [Fact]
    public void The_dial_to_LiveKit_is_Twilios()
    {
        for (var i = 0; i < 200; i++)
        {
            var dial = AnyDial();
            var theirs = new VoiceResponse().Append(
                new Dial(
                    answerOnBridge: true,
                    timeout: dial.TimeoutSeconds,
                    timeLimit: dial.TimeLimitSeconds,
                    action: new Uri(dial.Action),
                    method: Method.Post)
                    .Append(
                        new Sip(
                            new Uri(dial.SipUri),
                            dial.Credentials?.Username,
                            dial.Credentials?.Password,
                            statusCallback: new Uri(dial.StatusCallback),
                            statusCallbackEvent: [
                                Sip.EventEnum.Initiated,
                                Sip.EventEnum.Ringing,
                                Sip.EventEnum.Answered,
                                Sip.EventEnum.Completed,
                            ],
                            statusCallbackMethod: Method.Post)));

            AssertSame(theirs, Twiml.DialSip(dial));
        }
    }

    [Fact]
    public void The_dial_to_a_human_is_Twilios()
    {
        for (var i = 0; i < 100; i++)
        {
            var action = random.Next(2) == 0 ? null : $"https://voice.example.com/{Text()}";
            var dial = new DialNumber(
                Number($"+1415555{random.Next(10_000):D4}"),
                TimeSpan.FromSeconds(random.Next(700)),
                random.Next(2) == 0 ? null : Number("+18005551212"),
                action)
            {
                ScreenUrl = random.Next(2) == 0 ? null : $"https://voice.example.com/?{Text()}",
            };
            var url = dial.ScreenUrl is null ? null : new Uri(dial.ScreenUrl);
            var theirs = new VoiceResponse().Append(
                new Dial(
                    answerOnBridge: true,
                    callerId: dial.CallerId?.E164,
                    timeout: dial.TimeoutSeconds,
                    action: action is null ? null : new Uri(action),
                    method: action is null ? null : Method.Post)
                    .Append(new Number(dial.Number.E164, url: url, method: url is null ? null : Method.Post)));

            AssertSame(theirs, Twiml.DialNumber(dial));
        }
    }

    [Fact]
    public void What_is_said_is_said_by_Twilio()
    {
        for (var i = 0; i < 200; i++)
        {
            var text = $"{Text()}x";

            AssertSame(new VoiceResponse().Say(text).Hangup(), Twiml.Say(text));
            AssertSame(new VoiceResponse().Append(German(text)).Hangup(), Twiml.Say(text, Vicki));
        }
    }

    [Fact]
    public void The_question_for_a_key_is_Twilios()
    {
        for (var i = 0; i < 100; i++)
        {
            var (text, action) = ($"{Text()}x", $"https://voice.example.com/?{Text()}");
            var gather = new Gather(numDigits: 1, timeout: Twiml.KeySeconds, action: new Uri(action), method: Method.Post);

            AssertSame(
                new VoiceResponse().Append(gather.Append(German(text))).Hangup(), Twiml.AskForKey(text, Vicki, action));
        }
    }

    [Fact]
    public void The_short_documents_are_Twilios()
    {
        AssertSame(new VoiceResponse(), Twiml.Empty);
        AssertSame(new VoiceResponse().Hangup(), Twiml.Hangup);
    }

    private static Say German(string text) => new(text, voice: Say.VoiceEnum.PollyVickiNeural, language: Say.LanguageEnum.DeDe);

    private static void AssertSame(TwiML theirs, ReadOnlyMemory<byte> ours) =>
        Assert.Equal(
            Canonical(theirs.ToString(SaveOptions.DisableFormatting)),
            Canonical(Encoding.UTF8.GetString(ours.Span)),
            XNode.EqualityComparer);

    private static XElement Canonical(string xml) => Canonical(XElement.Parse(xml, LoadOptions.PreserveWhitespace));

    private static XElement Canonical(XElement element) => new(
        element.Name,
        element.Attributes().OrderBy(attribute => attribute.Name.LocalName, StringComparer.Ordinal),
        element.Nodes().Select(node => node is XElement child ? Canonical(child) : node));

    private static PhoneNumber Number(string e164) =>
        PhoneNumber.TryParse(e164, out var number) ? number : throw new ArgumentException(e164);

    private DialSip AnyDial()
    {
        Assert.True(SipHost.TryParse("project.sip.livekit.cloud", out var host, out _));
        return new DialSip(
            host,
            "abcdefghijklmnopqrstuvwxyz",
            [KeyValuePair.Create("X-Call", Text()), KeyValuePair.Create("X-Name", Text())],
            TimeSpan.FromSeconds(random.Next(700)),
            TimeSpan.FromSeconds(random.Next(20_000)),
            $"https://voice.example.com/{Text()}",
            $"https://voice.example.com/?{Text()}")
        {
            Credentials = random.Next(2) == 0 ? null : new SipCredentials(Text(), Text()),
        };
    }

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
