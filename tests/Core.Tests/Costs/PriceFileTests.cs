using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Costs;

public sealed class PriceFileTests
{
    private static readonly string[] Names =
        [.. typeof(PriceName).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_list_of_this_build_has_an_entry_for_everything_that_is_billed_with_its_source_and_day()
    {
        Assert.Equal(Names, PriceList.Shipped.All.Select(price => price.Name));
        Assert.All(PriceList.Shipped.All, price => Assert.Equal("https", new Uri(price.Source).Scheme));
        Assert.All(PriceList.Shipped.All, price => Assert.InRange(price.Date, new DateOnly(2025, 1, 1), PriceList.Shipped.Date));
    }

    [Fact]
    public void No_price_of_this_build_is_said_to_be_verified_since_none_was_read_at_its_source() =>
        Assert.DoesNotContain(PriceList.Shipped.All, price => price.Verified);

    [Fact]
    public void An_operators_list_changes_what_it_names_and_nothing_else()
    {
        List<string> errors = [];

        var list = PriceFile.Parse(
            """
            {"date":"2026-12-01","prices":{
              "twilio.sip_minute":{"microDollars":3100,"source":"our contract","verified":true},
              "azure.durable.request":{"microDollars":4000,"per":10000,"date":"2026-11-30"},
              "livekit.agent_minute":{"microDollars":null} } }
            """,
            errors);

        Assert.Empty(errors);
        Assert.Equal(
            new Price(PriceName.TwilioSip, 3100, 1, "minute", "our contract", new DateOnly(2026, 12, 1)) { Verified = true },
            list![PriceName.TwilioSip]);
        Assert.Equal((4000, 10_000, new DateOnly(2026, 11, 30)), (
            list[PriceName.DurableRequest].MicroDollars, list[PriceName.DurableRequest].Per, list[PriceName.DurableRequest].Date));
        Assert.Null(list[PriceName.LiveKitAgent].MicroDollars);
        Assert.Equal(PriceList.Shipped[PriceName.TwilioInbound], list[PriceName.TwilioInbound]);
        Assert.Equal(Names, list.All.Select(price => price.Name));
    }

    [Theory]
    [InlineData("nonsense", "prices: not readable at line 1")]
    [InlineData("[]", "prices: the list is an object with a date, such as 2026-11-29, and with prices")]
    [InlineData("""{"prices":{} }""", "prices: the list is an object with a date, such as 2026-11-29, and with prices")]
    [InlineData("""{"date":"1.12.2026","prices":{} }""",
        "prices.date must be a day such as 2026-11-29",
        "prices: the list is an object with a date, such as 2026-11-29, and with prices")]
    [InlineData("""{"date":"2026-12-01","prices":{},"currency":"EUR"}""", "prices: currency is unknown")]
    [InlineData("""{"date":"2026-12-01","prices":{"twilio.sip_minute":4000} }""",
        """prices.twilio.sip_minute must be an object such as {"microDollars": 4000}""")]
    [InlineData("""{"date":"2026-12-01","prices":{"twilio.sip_minute":{} } }""",
        "prices.twilio.sip_minute.microDollars is missing: millionths of a dollar, or null for no price")]
    [InlineData("""{"date":"2026-12-01","prices":{"twilio.sip_minute":{"microDollars":0.4} } }""",
        "prices.twilio.sip_minute.microDollars must be a whole number from 0 to 1000000000")]
    [InlineData("""{"date":"2026-12-01","prices":{"twilio.sip_minute":{"microDollars":-1,"per":0,"dollars":4} } }""",
        "prices.twilio.sip_minute: dollars is unknown",
        "prices.twilio.sip_minute.microDollars must be a whole number from 0 to 1000000000",
        "prices.twilio.sip_minute.per must be a whole number from 1 to 1000000000")]
    [InlineData("""{"date":"2026-12-01","prices":{"twilio.sip_minute":{"microDollars":1,"source":"","verified":"yes","date":1} } }""",
        "prices.twilio.sip_minute.source must be a text of 1 to 300 characters",
        "prices.twilio.sip_minute.date must be a day such as 2026-11-29",
        "prices.twilio.sip_minute.verified must be true or false")]
    public void What_is_wrong_in_a_list_is_named_with_its_place(string json, params string[] faults)
    {
        List<string> errors = [];

        Assert.Null(PriceFile.Parse(json, errors));

        Assert.Equal(faults, errors);
    }

    [Fact]
    public void A_price_that_nothing_is_billed_by_is_named_with_those_that_are_there()
    {
        List<string> errors = [];

        Assert.Null(PriceFile.Parse("""{"date":"2026-12-01","prices":{"twilio.sip":{"microDollars":1} } }""", errors));

        var error = Assert.Single(errors);
        Assert.StartsWith("prices.twilio.sip is unknown; known are azure.durable.request, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_prices_keep_the_gateway_from_starting_and_so_do_two_lists()
    {
        var thrown = Assert.Throws<SettingsException>(() => Read(
            (SettingNames.PricesFile, "prices.json"), (SettingNames.PricesJson, "{}")));
        Assert.Contains("COST_PRICES_FILE and COST_PRICES_JSON cannot both be set", thrown.Message, StringComparison.Ordinal);

        thrown = Assert.Throws<SettingsException>(() => Read((SettingNames.PricesFile, "prices.json")));
        Assert.Contains("COST_PRICES_FILE names a file that cannot be read", thrown.Message, StringComparison.Ordinal);

        thrown = Assert.Throws<SettingsException>(() => Read((SettingNames.PricesJson, """{"date":"2026-12-01","prices":{"x":{} } }""")));
        Assert.Contains("prices.x is unknown", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4000, 1, 3, 12_000)]
    [InlineData(400_000, 1_000_000, 38, 15)] // 15.2
    [InlineData(360, 10_000, 88, 3)] // 3.168
    [InlineData(360, 10_000, 14, 1)] // 0.504
    [InlineData(360, 10_000, 13, 0)] // 0.468
    [InlineData(1_000_000_000, 1, long.MaxValue, long.MaxValue)]
    public void An_amount_is_whole_micro_dollars_rounded_to_the_nearest_and_never_too_large(
        long price, long per, long quantity, long amount) =>
        Assert.Equal(amount, Some(price, per).Of(quantity));

    [Fact]
    public void Without_a_price_there_is_no_amount() => Assert.Null(Some(null, 1).Of(5));

    private static Price Some(long? microDollars, long per) => new("x", microDollars, per, "unit", "https://example.com", default);

    private static GatewaySettings Read(params (string Name, string Value)[] values) => SettingsReader.Read(
        name => values.FirstOrDefault(value => value.Name == name).Value, _ => throw new FileNotFoundException());
}
