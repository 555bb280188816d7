namespace VoiceFunctions.Core.Telephony;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("+14155550123")]
    [InlineData("+1234567")]
    [InlineData("+123456789012345")]
    public void A_number_can_be_dialled(string text)
    {
        Assert.Equal(text, CallerAddress.Parse(text).Dialable?.E164);
    }

    [Theory]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+04155550123")]
    [InlineData("14155550123")]
    [InlineData("+1415555012a")]
    [InlineData("+1 415 555 0123")]
    [InlineData("+１４１５５５５")]
    [InlineData("whatsapp:+14155550123")]
    [InlineData("sim:DE0123456789abcdef0123456789abcdef")]
    [InlineData("7378742833")]
    public void Any_other_text_is_kept_and_cannot_be_dialled(string text)
    {
        var address = CallerAddress.Parse(text);

        Assert.Equal(new CallerAddress.Other(text), address);
        Assert.Null(address.Dialable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("anonymous")]
    [InlineData("Anonymous")]
    [InlineData("RESTRICTED")]
    [InlineData("Blocked")]
    [InlineData("private")]
    [InlineData("unavailable")]
    [InlineData("Unknown")]
    [InlineData("+266696687")]
    [InlineData("+7378742833")]
    [InlineData("+2562533")]
    [InlineData("+8656696")]
    [InlineData("+86282452253")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    [InlineData("sip:Anonymous@carrier.example;user=phone")]
    public void A_withheld_number_is_nobodys(string? text)
    {
        var address = CallerAddress.Parse(text);

        Assert.Equal(new CallerAddress.Anonymous(), address);
        Assert.Null(address.Dialable);
        Assert.False(PhoneNumber.TryParse(text, out _));
    }

    [Fact]
    public void A_client_has_a_name()
    {
        Assert.Equal(new CallerAddress.Client("zoë"), CallerAddress.Parse("client:zoë"));
    }

    [Theory]
    [InlineData("sip:alice@example.com", "alice", "example.com")]
    [InlineData("SIP:alice@example.com:5061;transport=tls?X-A=b@c", "alice", "example.com:5061")]
    [InlineData("sips:+14155550123@example.com", "+14155550123", "example.com")]
    [InlineData("sip:example.com", "", "example.com")]
    [InlineData("sip:", "", "")]
    public void A_SIP_address_has_a_user_and_a_host(string text, string user, string host)
    {
        Assert.Equal(new CallerAddress.Sip(user, host), CallerAddress.Parse(text));
    }

    [Theory]
    [InlineData("+14155550123", "+1•••0123")]
    [InlineData("sip:alice@example.com", "Sip")]
    [InlineData("client:alice", "Client")]
    [InlineData("alice", "Other")]
    [InlineData("", "Anonymous")]
    public void Printing_an_address_does_not_tell_it(string text, string printed)
    {
        Assert.Equal(printed, $"{CallerAddress.Parse(text)}");
    }
}
