namespace VoiceFunctions.Core.Telephony;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("+14155550123", "+14155550123")]
    [InlineData("+1234567", "+1234567")]
    [InlineData("+123456789012345", "+123456789012345")]
    [InlineData("+1 415 555 0123", "+14155550123")]
    [InlineData("+14155550123;npdi=yes", "+14155550123")]
    [InlineData("+14155550123;rn=+14155550000;npdi=yes", "+14155550123")]
    [InlineData("+14155550123;user=phone", "+14155550123")]
    [InlineData("tel:+14155550123", "+14155550123")]
    [InlineData("TEL:+1-415-555-0123;ext=12", "+14155550123")]
    [InlineData("tel:4155550123;phone-context=+1", "+14155550123")]
    [InlineData("<tel:+14155550123>", "+14155550123")]
    [InlineData("\"Ada\" <+14155550123>", "+14155550123")]
    [InlineData("0014155550123", "+14155550123")]
    public void A_number_can_be_dialled(string text, string e164)
    {
        var address = CallerAddress.Parse(text);

        Assert.Equal((e164, e164, e164), (address.Dialable?.E164, address.NamedNumber?.E164, address.Text));
    }

    [Theory]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+04155550123")]
    [InlineData("14155550123")]
    [InlineData("1001")]
    [InlineData("+1415555012a")]
    [InlineData("+１４１５５５５")]
    [InlineData("whatsapp:+14155550123")]
    [InlineData("sim:DE0123456789abcdef0123456789abcdef")]
    [InlineData("tel:1001")]
    [InlineData("tel:1001;phone-context=example.com")]
    public void Any_other_text_is_kept_and_cannot_be_dialled(string text)
    {
        var address = CallerAddress.Parse(text);

        Assert.Equal(new CallerAddress.Other(text), address);
        Assert.Null(address.Dialable);
        Assert.Equal(text, address.Text);
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
    [InlineData("Private Number")]
    [InlineData("unavailable")]
    [InlineData("Unknown")]
    [InlineData("withheld")]
    [InlineData("+266696687")]
    [InlineData("+7378742833")]
    [InlineData("+2562533")]
    [InlineData("+8656696")]
    [InlineData("+86282452253")]
    [InlineData("266696687")]
    [InlineData("7378742833")]
    [InlineData("2562533")]
    [InlineData("8656696")]
    [InlineData("86282452253")]
    [InlineData("+266696687;npdi=yes")]
    [InlineData("tel:anonymous")]
    [InlineData("anonymous@anonymous.invalid")]
    [InlineData("Anonymous@ANONYMOUS.INVALID")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    [InlineData("sip:anonymous@anonymous.invalid:5060;user=phone")]
    [InlineData("sip:c8oqz84zk7z@anonymous.invalid")]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1")]
    [InlineData("sip:Anonymous@carrier.example;user=phone")]
    [InlineData("sip:Restricted@carrier.example")]
    [InlineData("sip:unavailable@unknown.invalid")]
    [InlineData("sip:266696687@carrier.example")]
    [InlineData("sip:+266696687@carrier.example")]
    [InlineData("+1266696687")]
    [InlineData("12562533")]
    [InlineData("+18656696")]
    [InlineData("+17378742833")]
    [InlineData("186282452253")]
    [InlineData("0000000000")]
    [InlineData("+0000000000")]
    [InlineData("+10000000000")]
    [InlineData("sip:0000000000@carrier.example")]
    [InlineData("sip:anonymous")]
    [InlineData("No-Number")]
    [InlineData("No Caller ID")]
    [InlineData("out_of_area")]
    [InlineData("NUMBER WITHHELD")]
    [InlineData("Private-Caller")]
    [InlineData("sip:Private%20Number@carrier.example")]
    [InlineData("Anonym")]
    [InlineData("Unterdr\u00FCckt")]
    [InlineData("Num\u00E9ro masqu\u00E9")]
    [InlineData("inconnu")]
    [InlineData("N\u00DAMERO OCULTO")]
    [InlineData("sip:Desconocido@carrier.example")]
    [InlineData("Numero privato")]
    [InlineData("n\u00E3o identificado")]
    [InlineData("Anoniem")]
    [InlineData("Ok\u00E4nd")]
    [InlineData("Gizli Numara")]
    [InlineData("\u975E\u901A\u77E5")]
    public void A_withheld_number_is_nobodys(string? text)
    {
        foreach (var region in (string?[])[null, "US", "DE"])
        {
            var address = CallerAddress.Parse(text, new NumberReader(region));

            Assert.Equal(new CallerAddress.Anonymous(), address);
            Assert.Null(address.Dialable);
            Assert.Null(address.Text);
        }

        Assert.True(WithheldNumber.IsSpelledIn(text ?? ""));
        Assert.False(PhoneNumber.TryParse(text, out _));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0000")]
    [InlineData("000000")]
    [InlineData("private-office")]
    [InlineData("unknown7")]
    [InlineData("sip:hidden.valley@pbx.example.com")]
    [InlineData("+12666966870")]
    [InlineData("\uD800")]
    public void What_only_looks_like_it_is_somebodys(string text) =>
        Assert.IsNotType<CallerAddress.Anonymous>(CallerAddress.Parse(text));

    [Theory]
    [InlineData("private", "private")]
    [InlineData("sip:unavailable@acme.example", "sip:unavailable@acme.example")]
    [InlineData("Restricted", "Restricted")]
    public void Who_is_called_is_not_withheld(string text, string kept) => Assert.Equal(kept, CallerAddress.ParseCalled(text).Text);

    [Theory]
    [InlineData("+15550100177", true)]
    [InlineData("15550100177", true)]
    [InlineData("tel:+1-555-010-0177", true)]
    [InlineData("sip:+15550100177@acme.example;user=phone", true)]
    [InlineData("sip:15550100177@acme.example", true)]
    [InlineData("0015550100177", true)]
    [InlineData("5550100177", false)]
    [InlineData("+15550100178", false)]
    [InlineData("client:15550100177", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_call_to_an_address_may_be_one_to_a_number(string? text, bool maybe)
    {
        Assert.True(PhoneNumber.TryParse("+15550100177", out var number));
        Assert.Equal(maybe, CallerAddress.MayBe(text, number));
    }

    [Fact]
    public void A_client_has_a_name()
    {
        Assert.Equal(new CallerAddress.Client("zoë"), CallerAddress.Parse("client:zoë"));
        Assert.Equal("client:zoë", CallerAddress.Parse("client:zoë").Text);
    }

    [Theory]
    [InlineData("sip:alice@example.com", "alice", "example.com")]
    [InlineData("SIP:alice@Example.COM:5061;transport=tls?X-A=b@c", "alice", "example.com:5061")]
    [InlineData("sip:alice@example.com:5060", "alice", "example.com")]
    [InlineData("sip:alice:secret@example.com", "alice", "example.com")]
    [InlineData("sip:%61lice;day=mon@example.com", "alice", "example.com")]
    [InlineData("alice@example.com", "alice", "example.com")]
    [InlineData("\"Alice\" <sip:alice@example.com;transport=tcp>;tag=1", "alice", "example.com")]
    [InlineData("sip:1001@pbx.example.com", "1001", "pbx.example.com")]
    [InlineData("sip:3315550123@pbx.example.com;user=phone", "3315550123", "pbx.example.com")]
    [InlineData("sip:1001", "1001", "")]
    [InlineData("sip:example.com", "", "example.com")]
    [InlineData("sip:", "", "")]
    public void A_SIP_address_has_a_user_and_a_host(string text, string user, string host)
    {
        var address = CallerAddress.Parse(text);

        Assert.Equal(new CallerAddress.Sip(user, host), address);
        Assert.Equal((null, $"sip:{user}@{host}"), (address.NamedNumber, address.Text));
    }

    [Theory]
    [InlineData("sip:+14155550123@example.com")]
    [InlineData("sips:+14155550123@example.com")]
    [InlineData("sip:+14155550123;npdi=yes@example.com;user=phone")]
    [InlineData("sip:+1-415-555-0123@10.0.0.1:5080")]
    [InlineData("sip:%2B14155550123@example.com")]
    [InlineData("sip:4155550123;phone-context=+1@example.com;user=phone")]
    [InlineData("sip:0014155550123@example.com")]
    [InlineData("sip:+14155550123")]
    [InlineData("+14155550123@example.com")]
    public void A_SIP_address_can_name_a_number_which_is_not_its_owners_to_show(string text)
    {
        var address = CallerAddress.Parse(text);

        Assert.IsType<CallerAddress.Sip>(address);
        Assert.Equal(("+14155550123", null), (address.NamedNumber?.E164, address.Dialable));
    }

    [Fact]
    public void A_region_reads_its_national_numbers_wherever_they_stand()
    {
        var german = new NumberReader("DE");

        Assert.Equal("+4930123456", CallerAddress.Parse("030123456", german).Dialable?.E164);
        Assert.Equal("+4930123456", CallerAddress.Parse("tel:030-123456", german).Dialable?.E164);
        Assert.Equal("+4930123456", CallerAddress.Parse("sip:030123456@pbx.example.com", german).NamedNumber?.E164);
        Assert.Equal(new CallerAddress.Other("1001"), CallerAddress.Parse("1001", german));
    }

    [Theory]
    [InlineData("+14155550123", "+1•••0123")]
    [InlineData("sip:alice@example.com", "Sip")]
    [InlineData("sip:+14155550123@example.com", "Sip")]
    [InlineData("client:alice", "Client")]
    [InlineData("alice", "Other")]
    [InlineData("", "Anonymous")]
    public void Printing_an_address_does_not_tell_it(string text, string printed)
    {
        Assert.Equal(printed, $"{CallerAddress.Parse(text)}");
    }
}
