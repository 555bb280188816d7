using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing.Queues;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

public sealed class QueueTests
{
    private static readonly Route Settings = new(new AgentConfig("voice-agent"), Timeouts, new RouteFallback(null, "Sorry."));

    [Fact]
    public void A_queue_has_its_members_in_their_order_and_a_ring_time()
    {
        var queues = Read("""
            {"queues":{"general":{"members":["+15550100181","+15550100182"],"order":"in-order","ringSeconds":12},
                       "night":{"members":["+15550100183"]} } }
            """)!.Queues;

        Assert.Equal(["+15550100181", "+15550100182"], NumbersOf(queues["general"], Call));
        Assert.Equal((TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(30)), (queues["general"].RingTime, queues["night"].RingTime));
    }

    [Fact]
    public void Round_robin_begins_with_each_member_equally_often_and_with_the_same_one_in_each_look_at_a_call()
    {
        var queue = Read("""{"queues":{"q":{"members":["+15550100181","+15550100182","+15550100183"],"order":"round-robin"} } }""")!
            .Queues["q"];
        var calls = Enumerable.Range(0, 3000).Select(number => CallId.ForTwilio($"CA{number}")).ToList();

        Assert.All(calls.CountBy(call => NumbersOf(queue, call)[0]), first => Assert.InRange(first.Value, 900, 1100));
        Assert.All(calls.Take(50), call => Assert.Equal(NumbersOf(queue, call), NumbersOf(queue, call)));
        Assert.All(calls.Take(50), call => Assert.Equal(3, NumbersOf(queue, call).Distinct().Count()));
        Assert.Contains(calls, call => NumbersOf(queue, call) is ["+15550100183", "+15550100181", "+15550100182"]);
    }

    [Fact]
    public void Everything_that_is_wrong_with_queues_is_named_at_once()
    {
        var errors = new List<string>();

        RouteFile.Parse(
            """
            {"routes":[{"number":"+15550100123","whenHumanJoins":"shout","agentMayCall":"555"}],
             "queues":{"a b":{"members":["+15550100181"]},"none":{},
               "q":{"members":["+15550100181","555","+15550100181","+15550100123"],"order":"loudest","ringSeconds":3} } }
            """,
            Settings,
            errors);

        Assert.Equal(
        [
            "queues.none.members: must be 1 to 20 numbers",
            "queues.q.members[1]: must be a number in E.164, such as +15550100123",
            "queues.q.members[2]: occurs twice",
            "queues.q.members[3]: calls the number of routes[0], and the call would come back here",
            "queues.q.order: must be in-order or round-robin",
            "queues.q.ringSeconds: must be from 5 to 600",
            "queues: a name must be 1 to 64 letters, digits, \"_\" or \"-\"",
            "routes[0].agentMayCall: must be what numbers in E.164 begin with, such as +1555",
            "routes[0].whenHumanJoins: must be mute or remove",
        ],
            errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_route_says_what_becomes_of_the_agent_and_whom_it_may_name()
    {
        var table = Read("""
            {"default":{"whenHumanJoins":"mute","agentMayCall":["+1555","+49"]},
             "routes":[{"number":"+15550100123","whenHumanJoins":"remove"}]}
            """)!;

        Assert.Equal((true, 2), (table.Default.Handoff.MutesAgent, table.Default.Handoff.AgentMayCall.Count));
        var own = table.Find(new RouteQuery("+15550100123")).Handoff;
        Assert.Equal((false, 2), (own.MutesAgent, own.AgentMayCall.Count));
    }

    private static string[] NumbersOf(QueuedHumans queue, CallId call) => [.. queue.MembersFor(call).Select(member => member.E164)];

    private static RouteTable? Read(string json)
    {
        var errors = new List<string>();
        var table = RouteFile.Parse(json, Settings, errors);
        Assert.Empty(errors);
        return table;
    }
}
