using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace VoiceFunctions.Core.Twilio.Signatures;

public sealed class TwilioFormTests
{
    [Fact]
    public void Fields_keep_their_order_and_their_duplicates()
    {
        var form = Parse("b=2&a=1&b=&a=1");

        Assert.Equal([Pair("b", "2"), Pair("a", "1"), Pair("b", ""), Pair("a", "1")], form.Fields);
        Assert.Equal(4, form.Count);
    }

    [Fact]
    public void The_first_value_of_a_name_is_its_value()
    {
        var form = Parse("From=%2B1&From=%2B2&Empty=");

        Assert.Equal("+1", form["From"]);
        Assert.Equal("", form["Empty"]);
        Assert.Null(form["from"]);
        Assert.Null(form["Absent"]);
    }

    [Theory]
    [InlineData("a=+b%20c%2B", "a", " b c+")]
    [InlineData("a=%C3%A9", "a", "é")]
    [InlineData("%C3%A9=1", "é", "1")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("=v", "", "v")]
    [InlineData("a", "a", "")]
    [InlineData("&&a=1&", "a", "1")]
    [InlineData("a=%", "a", "%")]
    [InlineData("a=%4", "a", "%4")]
    [InlineData("a=%zz%41", "a", "%zzA")]
    [InlineData("a=% 1", "a", "% 1")]
    [InlineData("a=%+1", "a", "% 1")]
    [InlineData("a=%%41", "a", "%A")]
    [InlineData("a=%FF", "a", "\uFFFD")]
    public void Reading_is_what_a_browser_would_do(string body, string name, string value)
    {
        Assert.Equal([Pair(name, value)], Parse(body).Fields);
    }

    [Fact]
    public void A_name_is_found_however_long_it_is()
    {
        var name = new string('é', 500);

        Assert.Equal("1", TwilioForm.Parse(TwilioForm.Encode([Pair(name, "1")]))[name]);
    }

    [Fact]
    public void What_is_encoded_reads_back()
    {
        Prop.ForAll<(string Name, string Value)[]>(fields =>
        {
            var pairs = fields.Select(field => Pair(WellFormed("n" + field.Name), WellFormed(field.Value))).ToArray();

            return TwilioForm.Parse(TwilioForm.Encode(pairs)).Fields.SequenceEqual(pairs);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Any_bytes_can_be_read()
    {
        Prop.ForAll<byte[]>(body => TwilioForm.Parse(body).Fields.Count() <= body.Length)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    private static TwilioForm Parse(string body) => TwilioForm.Parse(Encoding.UTF8.GetBytes(body));

    private static KeyValuePair<string, string> Pair(string name, string value) => KeyValuePair.Create(name, value);

    // A lone surrogate cannot be encoded as UTF-8.
    private static string WellFormed(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
