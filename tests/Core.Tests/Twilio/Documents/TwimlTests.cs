using System.Text;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Documents;

public sealed class TwimlTests
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";
    private const string CallUser = "abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void A_caller_is_handed_to_LiveKit_byte_for_byte_like_this()
    {
        var dial = Dial(headers: [("X-VF-Call", "CA1"), ("X-VF-From", "+1 é;")]) with { Credentials = new SipCredentials("u", "p") };

        Assert.Equal(
            Declaration
            + "<Response><Dial answerOnBridge=\"true\" timeout=\"15\" timeLimit=\"3600\" "
            + "action=\"https://voice.example.com/twilio/dial-result\" method=\"POST\">"
            + "<Sip username=\"u\" password=\"p\" statusCallback=\"https://voice.example.com/twilio/status\""
            + " statusCallbackEvent=\"initiated ringing answered completed\" statusCallbackMethod=\"POST\">"
            + $"sip:{CallUser}@p.sip.livekit.cloud;transport=tcp?X-VF-Call=CA1&amp;X-VF-From=%2B1%20%C3%A9%3B</Sip></Dial></Response>",
            Text(Twiml.DialSip(dial)));
    }

    [Fact]
    public void Without_credentials_and_headers_there_is_no_trace_of_them()
    {
        Assert.Contains(
            "<Sip statusCallback=\"https://voice.example.com/twilio/status\" statusCallbackEvent=\"initiated ringing answered completed\" "
                + $"statusCallbackMethod=\"POST\">sip:{CallUser}@p.sip.livekit.cloud;transport=tcp</Sip>",
            Text(Twiml.DialSip(Dial())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_call_gives_the_same_bytes()
    {
        Assert.True(Twiml.DialSip(Dial()).Span.SequenceEqual(Twiml.DialSip(Dial()).Span));
        Assert.Equal(Dial(), Dial());
    }

    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(15.9, 15, 15)]
    [InlineData(700, 600, 700)]
    [InlineData(1e9, 600, 14_400)]
    [InlineData(-3, 5, 1)]
    public void Times_are_brought_into_what_Twilio_accepts(double seconds, int timeout, int timeLimit)
    {
        var time = TimeSpan.FromSeconds(seconds);

        var dial = Dial(time: time);

        Assert.Equal((timeout, timeLimit), (dial.TimeoutSeconds, dial.TimeLimitSeconds));
        Assert.Equal(timeout, new DialNumber(Number("+14155550123"), time, null, null).TimeoutSeconds);
    }

    [Theory]
    [InlineData("p.sip.livekit.cloud", "p.sip.livekit.cloud;transport=tcp")]
    [InlineData(" sip:p.sip.livekit.cloud ", "p.sip.livekit.cloud;transport=tcp")]
    [InlineData("SIP:10.0.0.1:5060", "10.0.0.1:5060;transport=tcp")]
    [InlineData("sip:[::1]:5060;transport=tls", "[::1]:5060;transport=tls")]
    [InlineData("livekit_sip;edge=dublin", "livekit_sip;edge=dublin;transport=tcp")]
    [InlineData("h;lr;Transport=UDP;edge=dublin", "h;lr;Transport=UDP;edge=dublin")]
    public void LIVEKIT_SIP_URI_always_ends_up_with_a_transport(string setting, string host)
    {
        Assert.True(SipHost.TryParse(setting, out var parsed, out _));

        Assert.Equal(host, parsed.Value);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("sip:", "is missing")]
    [InlineData("sips:p.sip.livekit.cloud", "must not begin with sips:; write sip:host;transport=tls")]
    [InlineData("sip:me@p.sip.livekit.cloud", "must not name a user; the call's id becomes the user")]
    [InlineData("p.sip.livekit.cloud?X-A=1", "must not carry headers")]
    [InlineData("https://p.livekit.cloud", "must be sip:host, optionally with :port and ;transport=udp, tcp or tls")]
    [InlineData("h;transport=ws", "must be sip:host, optionally with :port and ;transport=udp, tcp or tls")]
    [InlineData("h;transport", "must be sip:host, optionally with :port and ;transport=udp, tcp or tls")]
    [InlineData("h\n;transport=tcp", "must be sip:host, optionally with :port and ;transport=udp, tcp or tls")]
    [InlineData("h;", "must be sip:host, optionally with :port and ;transport=udp, tcp or tls")]
    public void A_LIVEKIT_SIP_URI_that_Twilio_could_not_dial_is_refused_with_a_reason(string? setting, string reason)
    {
        Assert.False(SipHost.TryParse(setting, out _, out var actual));

        Assert.Equal(reason, actual);
    }

    [Fact]
    public void A_SIP_URI_must_stay_under_255_characters()
    {
        var fits = new string('u', 254 - "sip:@p.sip.livekit.cloud;transport=tcp".Length);

        Assert.Equal(254, Dial(user: fits).SipUri.Length);
        Assert.Throws<ArgumentException>(() => Dial(user: fits + "u"));
    }

    [Fact]
    public void SIP_headers_must_stay_under_1024_characters()
    {
        var fits = new string('v', 1023 - "X-A=".Length);

        Assert.EndsWith(fits, Dial(headers: [("X-A", fits)]).SipUri, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dial(headers: [("X-A", fits + "v")]));
    }

    [Theory]
    [InlineData("From")]
    [InlineData("X-")]
    [InlineData("X-A:")]
    [InlineData("X-A=1&X-B")]
    [InlineData("")]
    public void A_SIP_header_that_Twilio_does_not_pass_on_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Dial(headers: [(name, "1")]));
    }

    [Theory]
    [InlineData("User-to-User", "1;encoding=hex", "User-to-User=1%3Bencoding%3Dhex")]
    [InlineData("x-a", "1\r\nX-B: 2", "x-a=1X-B%3A%202")]
    [InlineData("X-A", "&<>\"'?", "X-A=%26%3C%3E%22%27%3F")]
    public void A_SIP_header_value_cannot_become_another_header(string name, string value, string query)
    {
        Assert.EndsWith($"?{query}", Dial(headers: [(name, value)]).SipUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@b")]
    [InlineData("a b")]
    [InlineData("é")]
    public void A_SIP_user_of_other_characters_is_refused(string user)
    {
        Assert.Throws<ArgumentException>(() => Dial(user: user));
    }

    [Theory]
    [InlineData("/twilio/status")]
    [InlineData("voice.example.com/twilio/status")]
    [InlineData("sip:voice.example.com")]
    public void A_callback_URL_must_be_absolute(string url)
    {
        Assert.Throws<ArgumentException>(() => Dial(action: url));
        Assert.Throws<ArgumentException>(() => Dial(statusCallback: url));
        Assert.Throws<ArgumentException>(() => new DialNumber(Number("+14155550123"), TimeSpan.Zero, null, url));
        Assert.Throws<ArgumentException>(() => new DialNumber(Number("+14155550123"), TimeSpan.Zero, null, null) { ScreenUrl = url });
        Assert.Throws<ArgumentException>(() => Twiml.AskForKey("?", SpokenVoice.OfTwilio, url));
    }

    [Fact]
    public void Printing_a_dial_tells_neither_password_nor_headers()
    {
        var dial = Dial(headers: [("X-From", "+14155550123")]) with { Credentials = new SipCredentials("u", "secret") };

        Assert.Equal($"sip:{CallUser}@p.sip.livekit.cloud;transport=tcp", dial.ToString());
        Assert.Equal("u", dial.Credentials.ToString());
    }

    [Fact]
    public void A_caller_is_handed_to_a_human()
    {
        var full = new DialNumber(
            Number("+14155550123"),
            TimeSpan.FromSeconds(20),
            Number("+18005551212"),
            "https://voice.example.com/twilio/dial-result?n=1&m=2");
        var plain = new DialNumber(Number("+14155550123"), TimeSpan.FromSeconds(20), callerId: null, action: null);

        Assert.Equal(
            Declaration
            + "<Response><Dial answerOnBridge=\"true\" callerId=\"+18005551212\" timeout=\"20\" "
            + "action=\"https://voice.example.com/twilio/dial-result?n=1&amp;m=2\" method=\"POST\">"
            + "<Number>+14155550123</Number></Dial></Response>",
            Text(Twiml.DialNumber(full)));
        Assert.Equal(
            Declaration + "<Response><Dial answerOnBridge=\"true\" timeout=\"20\"><Number>+14155550123</Number></Dial></Response>",
            Text(Twiml.DialNumber(plain)));
        Assert.Equal(
            Declaration + "<Response><Dial answerOnBridge=\"true\" timeout=\"20\">"
            + "<Number url=\"https://voice.example.com/twilio/screen?n=1&amp;m=2\" method=\"POST\">+14155550123</Number></Dial></Response>",
            Text(Twiml.DialNumber(plain with { ScreenUrl = "https://voice.example.com/twilio/screen?n=1&m=2" })));
    }

    [Fact]
    public void A_human_is_asked_for_a_key() => Assert.Equal(
        Declaration
        + "<Response><Gather numDigits=\"1\" timeout=\"10\" action=\"https://voice.example.com/twilio/screen?n=1&amp;m=2\" "
        + "method=\"POST\"><Say voice=\"Polly.Vicki\" language=\"de-DE\">Eine &lt;1&gt;?</Say></Gather><Hangup/></Response>",
        Text(Twiml.AskForKey(
            "Eine <1>?", new SpokenVoice("de-DE", "Polly.Vicki"), "https://voice.example.com/twilio/screen?n=1&m=2")));

    [Fact]
    public void The_short_documents_are_these()
    {
        Assert.Equal(Declaration + "<Response/>", Text(Twiml.Empty));
        Assert.Equal(Declaration + "<Response><Hangup/></Response>", Text(Twiml.Hangup));
    }

    [Theory]
    [InlineData("Sorry & bye", "Sorry &amp; bye")]
    [InlineData("<Dial>'\"", "&lt;Dial&gt;'&quot;")]
    [InlineData("a\u0000b\u001Fc\uFFFEd\tе😀", "abcd&#9;е😀")]
    public void What_is_said_is_text_and_never_markup(string text, string escaped)
    {
        Assert.Equal($"{Declaration}<Response><Say>{escaped}</Say><Hangup/></Response>", Text(Twiml.Say(text)));
    }

    [Fact]
    public void Half_a_character_is_no_reason_to_fail()
    {
        Assert.Contains("<Say>a\uFFFDb</Say>", Text(Twiml.Say("a\uD83Db")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_to_say_is_cut_between_characters()
    {
        var text = new string('a', Twiml.MaxSayLength - 1) + "😀";

        Assert.Contains($"<Say>{text[..^2]}</Say>", Text(Twiml.Say(text)), StringComparison.Ordinal);
        Assert.Contains($"<Say>{text[1..]}</Say>", Text(Twiml.Say(text[1..])), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_say_hangs_up()
    {
        Assert.Equal(Text(Twiml.Hangup), Text(Twiml.Say(" ")));
    }

    internal static DialSip Dial(
        string user = CallUser,
        (string, string)[]? headers = null,
        TimeSpan? time = null,
        string action = "https://voice.example.com/twilio/dial-result",
        string statusCallback = "https://voice.example.com/twilio/status")
    {
        Assert.True(SipHost.TryParse("p.sip.livekit.cloud", out var host, out _));
        return new DialSip(
            host,
            user,
            (headers ?? []).Select(header => KeyValuePair.Create(header.Item1, header.Item2)),
            time ?? TimeSpan.FromSeconds(15),
            time ?? TimeSpan.FromHours(1),
            action,
            statusCallback);
    }

    internal static PhoneNumber Number(string e164) =>
        PhoneNumber.TryParse(e164, out var number) ? number : throw new ArgumentException(e164);

    private static string Text(ReadOnlyMemory<byte> document) => Encoding.UTF8.GetString(document.Span);
}
