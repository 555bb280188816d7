using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Telephony;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

public sealed class RouteTableTests
{
    private static readonly RouteEntry[] Entries =
    [
        For("condition", entry => entry with { From = ["+44"] }),
        For("trunk", entry => entry with { Trunk = "ST_1" }),
        For("trunk-and-rule", entry => entry with { Trunk = "ST_1", Rule = "SDR_1" }),
        For("short", entry => entry with { Prefix = "+1" }),
        For("long", entry => entry with { Prefix = "+1555" }),
        For("long-french", entry => entry with { Prefix = "+1555", From = ["+33", "+34"] }),
        For("german", entry => entry with { Prefix = "+49" }),
        For("extension", entry => entry with { Address = "1001" }),
        For("user", entry => entry with { Address = "support" }),
        For("uri", entry => entry with { Address = "sip:support@acme.example.com" }),
        For("exact", entry => entry with { Number = "+15550100123" }),
        For("exact-european", entry => entry with { Number = "+15550100123", From = ["+4", "+3"] }),
        For("exact-german", entry => entry with { Number = "+15550100123", From = ["+49"] }),
        For("exact-swiss-on-trunk", entry => entry with { Number = "+15550100123", From = ["+41"], Trunk = "ST_1" }),
        For("exact-rule", entry => entry with { Number = "+15550100123", Rule = "SDR_9" }),
    ];

    private static readonly RouteTable Table = new(Named("default"), Entries, NumberReader.International);

    [Theory]
    [InlineData("+15550100123", "exact")]
    [InlineData("+15550100124", "long")]
    [InlineData("+1555010", "long")]
    [InlineData("+14155550000", "short")]
    [InlineData("+4930123456", "german")]
    [InlineData("+33123456", "default")]
    [InlineData("15550100123", "exact")] // Our own number without its plus.
    [InlineData("15550100124", "default")]
    [InlineData("4930123456", "default")]
    [InlineData("3315550123", "default")]
    [InlineData("0015550100123", "exact")]
    [InlineData("004930123456", "german")]
    [InlineData("+15550100123;npdi=yes", "exact")]
    [InlineData("sip:+15550100123@pbx.example.com", "exact")]
    [InlineData("tel:+1-555-010-0123", "exact")]
    [InlineData("1001", "extension")]
    [InlineData("1001;phone-context=pbx.example.com", "extension")]
    [InlineData("tel:1001", "extension")]
    [InlineData("sip:1001@anywhere.example", "extension")]
    [InlineData("101", "default")]
    [InlineData("10010", "default")]
    [InlineData("support", "user")]
    [InlineData("Support", "default")]
    [InlineData("sip:support@other.example.com", "user")]
    [InlineData("sip:support@ACME.example.com;transport=tls", "uri")]
    [InlineData("sip:support@acme.example.com:5060", "uri")]
    [InlineData("sip:support@acme.example.com:5070", "user")]
    [InlineData("client:+1555", "default")]
    [InlineData("anonymous", "default")]
    [InlineData("", "default")]
    [InlineData(null, "default")]
    public void The_number_comes_before_the_address_and_that_before_the_longest_prefix_and_that_before_the_default(
        string? called, string agent) => Assert.Equal(agent, Table.Find(new RouteQuery(called)).Agent.Name);

    [Theory]
    [InlineData("+15550100123", "+4930123456", null, null, "exact-german")] // The longer prefix of the caller.
    [InlineData("+15550100123", "+33123456789", null, null, "exact-european")]
    [InlineData("+15550100123", "+15550100001", null, null, "exact")]
    [InlineData("+15550100123", null, null, null, "exact")]
    [InlineData("+15550100123", "493012345678", null, null, "exact")] // Digits alone are nobody's country.
    [InlineData("+15550100123", "sip:+4930123456@pbx.example.com", null, null, "exact-german")]
    [InlineData("+15550100123", "+41441234567", null, null, "exact-european")]
    [InlineData("+15550100123", "+41441234567", "ST_1", "SDR_9", "exact-swiss-on-trunk")] // Two conditions before one.
    [InlineData("+15550100123", "+15550100001", "ST_2", "SDR_9", "exact-rule")]
    [InlineData("+15550100124", "+34911234567", "ST_1", "SDR_1", "long-french")] // The key counts before conditions without one.
    [InlineData("+15550100124", "+44207946001", "ST_1", "SDR_1", "long")]
    [InlineData("1001", "+44207946001", "ST_1", "SDR_1", "extension")]
    [InlineData("+33123456789", "+44207946001", "ST_1", "SDR_1", "trunk-and-rule")]
    [InlineData("+33123456789", "+44207946001", "ST_1", null, "condition")] // One condition each: the caller's prefix is the closer one.
    [InlineData("+33123456789", "+15550100001", "ST_1", null, "trunk")]
    [InlineData("+33123456789", "+15550100001", "ST_9", "SDR_1", "default")]
    [InlineData(null, "+44207946001", null, null, "condition")]
    public void More_conditions_come_before_fewer_for_the_same_key(
        string? called, string? caller, string? trunk, string? rule, string agent) => Assert.Equal(
        agent,
        Table.Find(new RouteQuery(called) { Caller = caller, TrunkId = trunk, RuleId = rule }).Agent.Name);

    [Fact]
    public void The_place_in_the_file_decides_last()
    {
        RouteEntry[] both =
        [
            For("first", entry => entry with { Number = "+15550100123", Trunk = "ST_1" }),
            For("second", entry => entry with { Number = "+15550100123", Rule = "SDR_1" }),
        ];
        var query = new RouteQuery("+15550100123") { TrunkId = "ST_1", RuleId = "SDR_1" };

        Assert.Equal("first", new RouteTable(Named("default"), both, NumberReader.International).Find(query).Agent.Name);
        Assert.Equal(
            "second", new RouteTable(Named("default"), [.. both.Reverse()], NumberReader.International).Find(query).Agent.Name);
    }

    [Theory]
    [InlineData("030123456", "german")]
    [InlineData("4930123456", "german")]
    [InlineData("0015550100123", "exact")]
    [InlineData("0015550100124", "long")]
    [InlineData("1001", "extension")]
    public void A_table_reads_national_numbers_under_its_region(string called, string agent) =>
        Assert.Equal(agent, new RouteTable(Named("default"), Entries, new NumberReader("DE")).Find(new RouteQuery(called)).Agent.Name);

    [Fact]
    public void The_trunks_and_rules_that_entries_name_are_known()
    {
        Assert.Equal(["ST_1"], Table.TrunkIds);
        Assert.Equal(["SDR_1", "SDR_9"], Table.RuleIds.Order(StringComparer.Ordinal));
    }

    private static RouteEntry For(string agent, Func<RouteEntry, RouteEntry> key) => key(new RouteEntry(Named(agent)));

    private static Route Named(string name) => new(new AgentConfig(name), Timeouts, new RouteFallback(null, "Sorry."));
}
