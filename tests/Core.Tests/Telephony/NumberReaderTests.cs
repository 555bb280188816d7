using PhoneNumbers;

namespace VoiceFunctions.Core.Telephony;

public sealed class NumberReaderTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public static TheoryData<string> Regions => [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("+15550100123", "+15550100123")]
    [InlineData("+1 (555) 010-0123", "+15550100123")]
    [InlineData("+1.555.010.0123", "+15550100123")]
    [InlineData("+4930123456", "+4930123456")]
    [InlineData("+49 30/123456", "+4930123456")]
    [InlineData("+44 (0)30 1234 5678", "+443012345678")] // The trunk zero is not dialled from abroad.
    [InlineData("+39 02 3661 8300", "+390236618300")] // Italy's zero is.
    [InlineData("+80012345678", "+80012345678")]
    [InlineData("+88213300655", "+88213300655")]
    [InlineData("+12345678901234", "+12345678901234")] // Longer than any number of today: plans grow.
    [InlineData("0015550100123", "+15550100123")]
    [InlineData("00 49 30 123456", "+4930123456")]
    [InlineData("00442079460018", "+442079460018")]
    public void A_number_that_says_its_country_is_read_without_a_region(string text, string e164) =>
        Assert.Equal(e164, Read(text, null));

    [Theory]
    [InlineData("101")]
    [InlineData("1001")]
    [InlineData("911")]
    [InlineData("+911")]
    [InlineData("+1001")]
    [InlineData("3315550123")]
    [InlineData("8505550123")]
    [InlineData("15550100123")]
    [InlineData("4930123456")]
    [InlineData("030123456")]
    [InlineData("01149301234567")] // From the United States it is +49301234567; from elsewhere it is not.
    [InlineData("0011493012345")] // From Australia +493012345, by 00 +1 1493012345.
    [InlineData("0016561234567890")]
    [InlineData("00")]
    [InlineData("000493012345")]
    [InlineData("+04155550123")]
    [InlineData("+999123456789")] // No such country.
    [InlineData("+")]
    [InlineData("*98")]
    [InlineData("#31#")]
    [InlineData("+1555010012a")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("+１５５５０１００１２３")]
    [InlineData("support")]
    [InlineData("")]
    [InlineData("+123456789012345678")]
    public void What_says_no_country_is_not_guessed(string text) => Assert.Null(Read(text, null));

    [Theory]
    [InlineData("US", "5550100123", "+15550100123")]
    [InlineData("US", "(555) 010-0123", "+15550100123")]
    [InlineData("US", "15550100123", "+15550100123")]
    [InlineData("US", "3315550123", "+13315550123")]
    [InlineData("US", "8505550123", "+18505550123")]
    [InlineData("US", "01149301234567", "+49301234567")]
    [InlineData("US", "+4930123456", "+4930123456")]
    [InlineData("DE", "030123456", "+4930123456")]
    [InlineData("DE", "030 / 123456", "+4930123456")]
    [InlineData("DE", "004930123456", "+4930123456")]
    [InlineData("DE", "0015550100123", "+15550100123")]
    [InlineData("DE", "4930123456", "+4930123456")]
    [InlineData("FR", "0155501234", "+33155501234")]
    [InlineData("FR", "33155501234", "+33155501234")]
    [InlineData("GB", "020 7946 0018", "+442079460018")]
    [InlineData("IT", "0236618300", "+390236618300")]
    [InlineData("DK", "32123456", "+4532123456")]
    [InlineData("AU", "0011493012345", "+493012345")]
    public void A_national_number_is_read_under_its_region(string region, string text, string e164) =>
        Assert.Equal(e164, Read(text, region));

    [Theory]
    [InlineData("US", "101")]
    [InlineData("US", "1001")]
    [InlineData("US", "911")]
    [InlineData("US", "5550123")] // A number of the neighbourhood, whose area code nobody said.
    [InlineData("US", "004930123456")] // 00 is no international prefix there.
    [InlineData("US", "030123456")]
    [InlineData("DE", "1001")]
    [InlineData("DE", "110")]
    [InlineData("DE", "115")]
    [InlineData("DE", "00")]
    [InlineData("GL", "32100")]
    [InlineData("DE", "+999123456789")]
    public void An_extension_and_a_short_code_are_no_numbers_under_a_region_either(string region, string text) =>
        Assert.Null(Read(text, region));

    [Theory]
    [InlineData("DE", "15550100123")] // Of the United States, or 0155 50100123 without its zero.
    [InlineData("DE", "12025550123")]
    [InlineData("AT", "4930123456")] // Berlin, or an Austrian number without its zero.
    [InlineData("IT", "4930123456")] // Berlin; no block in Italy begins so.
    [InlineData("US", "4930901820")]
    public void Digits_that_are_another_countrys_number_without_its_plus_are_not_taken_for_the_regions(string region, string text) =>
        Assert.Null(Read(text, region));

    [Theory]
    [InlineData("DE", "30901820", "+4930901820")] // Without its zero, and nobody else's.
    [InlineData("FR", "155501234", "+33155501234")]
    [InlineData("IT", "3123456789", "+393123456789")] // Written as it is dialled there, although +31 23456789 is somebody's.
    [InlineData("US", "6505550123", "+16505550123")]
    [InlineData("NO", "47123456", "+4747123456")]
    [InlineData("SG", "65123456", "+6565123456")]
    public void Digits_that_can_only_be_the_regions_are_its(string region, string text, string e164) =>
        Assert.Equal(e164, Read(text, region));

    [Theory]
    [InlineData("30123456", "+49", "+4930123456")]
    [InlineData("5550100123", "+1", "+15550100123")]
    [InlineData("1001", "pbx.example.com", null)]
    [InlineData("+15550100123", "example.com", "+15550100123")]
    public void A_context_says_the_country(string text, string context, string? e164)
    {
        NumberReader.International.TryRead(text, context, out var number);

        Assert.Equal(e164, number?.E164);
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Each_regions_own_example_is_read_in_every_form_in_which_it_is_dialled(string region)
    {
        var home = new NumberReader(region);
        foreach (var type in (PhoneNumberType[])[PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE])
        {
            if (Library.GetExampleNumberForType(region, type) is not { } example)
            {
                continue;
            }

            var e164 = Library.Format(example, PhoneNumberFormat.E164);
            var national = string.Concat(Library.Format(example, PhoneNumberFormat.NATIONAL).Where(char.IsAsciiDigit));
            Assert.Equal(e164, Read(e164, null));
            Assert.Equal(e164, Read(e164, region));
            Assert.Equal(e164, Read(Library.Format(example, PhoneNumberFormat.INTERNATIONAL), "US"));

            // Some small countries have national numbers that are as short as extensions: those need their plus.
            home.TryRead(national, null, out var read);
            Assert.Equal(national.Length < 7 ? null : e164, read?.E164);
        }
    }

    [Theory]
    [InlineData("DE", true)]
    [InlineData("US", true)]
    [InlineData("de", false)]
    [InlineData("ZZ", false)]
    [InlineData("UK", false)]
    [InlineData("001", false)]
    [InlineData("", false)]
    public void A_region_is_one_whose_plan_is_known(string text, bool known) => Assert.Equal(known, NumberReader.IsRegion(text));

    /// <summary>An evaluation of a call reads two addresses at most.</summary>
    [Fact]
    public void Reading_a_number_takes_little_memory()
    {
        Read("+15550100123", null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            CallerAddress.Parse("+15550100123");
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 2_000);
    }

    private static string? Read(string text, string? region)
    {
        new NumberReader(region).TryRead(text, null, out var number);
        return number?.E164;
    }
}
