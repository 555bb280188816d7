using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Tenants;

namespace VoiceFunctions.Chaos.Calls;

/// <summary>Makes up the calls of a run: the same ones for the same seed, each with a plot of its own.</summary>
internal static class Plots
{
    private const string CalledNumber = "+15550100";
    private const string Wish = """{"queue":"support","reason":"customer_request"}""";
    private const string OperatorEnds = "an operator ends it";
    private const double Aborted = 0.005;

    /// <summary>How many of the calls that do not come over Twilio have no phone.</summary>
    private const double FromBrowser = 0.3;
    private const double LongShare = 0.02;

    /// <summary>How many of the calls that go well are asked for by a tenant.</summary>
    private const double AskedFor = 0.15;
    private const int FewCalls = 200;

    /// <summary>How many of the calls that go well and come over Twilio are for the line with one place.</summary>
    private const double ForOneLine = 0.25;

    /// <summary>In how many of them the agent uses tools.</summary>
    private const double WithTools = 0.35;

    /// <summary>What is measured of a line that gets bad after most of the time that its baseline needs.</summary>
    private static readonly MeasuredNetwork BadLine = new() { Spike = (25, 28), Silence = (0, 0), ReportsEvery = 2 };

    /// <summary>How often each plot comes, and what it is.</summary>
    private static readonly (
        double Share, string Name, Func<Chance, (TimeSpan Patience, TimeSpan Stays, AgentBehaviour[] Agents)> Make)[] All =
    [
        (0.42, "talks", chance => (Patient, Between(chance, 5, 25), [Good(chance)])),
        (0.08, "hangs up at once", chance => (Between(chance, 0, 1), Short, [Good(chance)])),
        (0.09, "hangs up while it rings", chance =>
            (Between(chance, 1, 5), Short, [Good(chance) with { JoinsAfter = Between(chance, 6, 9) }])),
        (0.07, "agent is late", chance =>
            (Patient, Between(chance, 5, 15), [Good(chance) with { JoinsAfter = Between(chance, 3, 12) }, Good(chance)])),
        (0.02, "agent connects slowly", chance => (
            Patient,
            Between(chance, 5, 15),
            [Good(chance) with { AsksForLease = true, Connects = Between(chance, 3, 15) }, Good(chance) with { AsksForLease = true }])),
        (0.04, "agent never joins", chance => (Patient, Between(chance, 5, 10), [AgentBehaviour.NeverJoins, Good(chance)])),
        (0.03, "agent is silent", chance => (Patient, Between(chance, 5, 10), [Good(chance) with { SpeaksAfter = null }, Good(chance)])),
        (0.05, "agent dies", chance =>
            (Patient, Between(chance, 35, 60), [Good(chance) with { Dies = Between(chance, 2, 10) }, Good(chance)])),
        (0.05, "agent leaves", chance =>
            (Patient, Between(chance, 12, 30), [Good(chance) with { Leaves = Between(chance, 3, 8) }, Good(chance)])),
        (0.05, "agents come and go", chance => (Patient, Between(chance, 10, 40), [.. Enumerable.Range(0, 5).Select(_ => Fickle(chance))])),
        (0.03, "wants a human", chance =>
        {
            var agent = Good(chance) with { AsksForLease = true, AsksForHuman = Between(chance, 1, 5), HandoffRequest = Wish };
            return (Patient, Between(chance, 8, 30), [agent, Good(chance)]);
        }),
        (0.03, OperatorEnds, chance => (Patient, Between(chance, 40, 60), [Good(chance)])),
        (0.02, "no agent at all", chance => (Patient, Between(chance, 3, 6), [AgentBehaviour.NeverJoins])),

        (0.03, "line gets bad", chance => (Patient, Between(chance, 36, 42), [Good(chance) with { Network = BadLine }])),

        // The last one: a run of few calls does without it.
        (LongShare, "talks long", chance => (Patient, Between(chance, 70, 110), [Good(chance)])),
    ];

    /// <summary>How long a caller in a browser waits at least: the call of one who never joins lasts two minutes.</summary>
    private static readonly TimeSpan Joins = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    /// <summary>The calls in the order of their arrival: a Poisson process.</summary>
    public static IReadOnlyList<CallPlan> Of(ChaosOptions options)
    {
        var chance = new Chance(options.Seed);
        var trunkNumber = new PhoneNetworkSetup().TrunkNumber;
        var at = TimeSpan.Zero;
        var plans = new List<CallPlan>(options.Calls);
        for (var number = 1; number <= options.Calls; number++)
        {
            at += TimeSpan.FromSeconds(-Math.Log(1 - chance.Next("arrival")) / options.Rate);
            var (name, make) = Choose(chance.Next("plot") * (options.Calls < FewCalls ? 1 - LongShare : 1));
            var (patience, stays, agents) = make(chance);
            var viaTwilio = chance.Happens("twilio", 0.5);
            var fromBrowser = !viaTwilio && chance.Happens("browser", FromBrowser);
            var (phoneAborts, agentAborts) = (chance.Happens("phone aborts", Aborted), chance.Happens("agent aborts", Aborted));
            var goesWell = name == All[0].Name;
            var isAskedFor = goesWell && chance.Happens("asked for", AskedFor);
            var isForOneLine = goesWell && viaTwilio && chance.Happens("line for one", ForOneLine) && !isAskedFor;
            agents = goesWell && chance.Happens("tools", WithTools) ? [.. agents.Select(agent => UsingTools(agent, chance))] : agents;
            var mayAbort = options.Faults.Contains(FaultName.Abort);
            plans.Add(new CallPlan(
                number,
                at,
                name,
                viaTwilio,
                new Caller(
                    $"+1555{number:0000000}",
                    isForOneLine ? ScenarioCatalog.LimitedNumber : viaTwilio ? CalledNumber : trunkNumber)
                {
                    Patience = fromBrowser && patience < Joins ? Joins : patience,
                    Stays = stays,
                },
                new AgentScript(mayAbort && agentAborts ? [agents[0] with { Aborts = true }, .. agents] : agents),
                mayAbort && phoneAborts)
            {
                FromBrowser = fromBrowser,
                IsAskedFor = isAskedFor,
                EndedAfter = name == OperatorEnds ? Between(chance, 1, 12) : null,
            });
        }

        return plans;
    }

    private static (string Name, Func<Chance, (TimeSpan, TimeSpan, AgentBehaviour[])> Make) Choose(double draw)
    {
        foreach (var (share, name, make) in All)
        {
            draw -= share;
            if (draw < 0)
            {
                return (name, make);
            }
        }

        return (All[0].Name, All[0].Make);
    }

    private static AgentBehaviour Good(Chance chance) =>
        new()
        {
            JoinsAfter = Between(chance, 0.15, 0.8),
            SpeaksAfter = Between(chance, 0.05, 0.4),
            AsksForLease = chance.Happens("lease", 0.5),
        };

    private static AgentBehaviour UsingTools(AgentBehaviour agent, Chance chance) => agent with
    {
        AsksForLease = true,
        Tools =
        [
            new(Between(chance, 0.2, 2), "searchTeeTimes", """{"date":"2026-01-06","players":2}"""),
            new(Between(chance, 0.2, 2), "bookTeeTime", """{"teeTimeId":"T-0900","players":2}""") { Askings = 2 },
            new(Between(chance, 0.2, 2), GolfClub.AskedOnce[0], """{"reservationId":"R-1"}""") { Askings = 2 },
        ],
    };

    private static AgentBehaviour Fickle(Chance chance) => (int)(chance.Next("fickle") * 7) switch
    {
        0 => AgentBehaviour.NeverJoins,
        1 => Good(chance) with { SpeaksAfter = null },
        2 => Good(chance) with { Dies = Between(chance, 1, 15) },
        3 => Good(chance) with { Leaves = Between(chance, 1, 15) },
        4 => Good(chance) with { Jobs = 2 },
        5 => Good(chance) with { AsksForLease = true, Connects = Between(chance, 2, 15) },
        _ => Good(chance) with { JoinsAfter = Between(chance, 2, 20) },
    };

    private static TimeSpan Between(Chance chance, double least, double most) =>
        TimeSpan.FromSeconds(least + (chance.Next("time") * (most - least)));
}
