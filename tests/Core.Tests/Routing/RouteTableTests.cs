using VoiceFunctions.Core.Agents;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

public sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(
        Named("default"),
        new Dictionary<string, Route> { ["+15550100123"] = Named("exact") },
        new Dictionary<string, Route> { ["+1"] = Named("short"), ["+1555"] = Named("long"), ["+49"] = Named("german") });

    [Theory]
    [InlineData("+15550100123", "exact")]
    [InlineData("+15550100124", "long")]
    [InlineData("+1555", "long")]
    [InlineData("+14155550000", "short")]
    [InlineData("+4930123456", "german")]
    [InlineData("+33123456", "default")]
    [InlineData("15550100123", "exact")]
    [InlineData("4930123456", "german")]
    [InlineData("client:+1555", "default")]
    [InlineData("", "default")]
    [InlineData(null, "default")]
    public void The_exact_number_comes_before_the_longest_prefix_and_that_before_the_default(string? number, string agent) =>
        Assert.Equal(agent, Table.Find(number).Agent.Name);

    private static Route Named(string name) => new(new AgentConfig(name), Timeouts, new RouteFallback(null, "Sorry."));
}
