using System.Globalization;
using VoiceFunctions.Exploration.Model;

namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>What an exploration saw.</summary>
/// <param name="Bound">Within which everything was explored.</param>
/// <param name="Runs">How many times the call was run from its beginning.</param>
/// <param name="States">How many different states it came into.</param>
/// <param name="Failures">The runs that broke a promise.</param>
/// <param name="Worst">How late things were, by the number of troubles in the run.</param>
internal sealed record Findings(Bound Bound, long Runs, long States, IReadOnlyList<Failure> Failures, IReadOnlyList<Lateness> Worst)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"explored {Runs:N0} runs, {States:N0} states, bound: {Bound}; {Failures.Count} broken promises");
}

/// <summary>A run that broke a promise.</summary>
internal sealed record Failure(IReadOnlyList<Deviation> Script, string Broken)
{
    public override string ToString() => $"{Broken}\n    {string.Join("; ", Script)}";
}

/// <summary>
/// Goes every way that a world can go within a bound, fewest deviations first, each time from the beginning. A state that was seen before
/// with at least as much of the bound left is not gone on from: everything behind it was or will be seen.
/// </summary>
internal sealed class Explorer(Func<CallWorld> begin, Bound bound)
{
    private readonly Dictionary<ulong, (ulong Left, long Run)> seen = [];
    private readonly Queue<Node> ahead = new();
    private long runs;

    /// <summary>Explores until everything within the bound was seen, or so many failures.</summary>
    public Findings Explore(int mostFailures = 1)
    {
        var failures = new List<Failure>();
        var worst = new Lateness[bound.Faults + 1];
        ahead.Enqueue(new Node(null, default, bound.Faults, bound.Switches));
        while (failures.Count < mostFailures && ahead.TryDequeue(out var node))
        {
            runs++;
            var world = begin();
            var script = node.Script();
            var troubles = script.Count(deviation => !deviation.IsSwitch);
            Pilot.Fly(world, script, new Survey(this, node, bound.Total - script.Count));
            worst[troubles] = worst[troubles].Worst(world.Witness.Lateness);
            if (world.Witness.Broken.Count > 0)
            {
                failures.Add(new Failure(script, world.Witness.Broken[0]));
            }
        }

        return new Findings(bound, runs, seen.Count, failures, worst);
    }

    /// <summary>Whether a state was seen with at least as much left; from now on it was.</summary>
    private bool Knows(ulong state, int faults, int switches)
    {
        var bit = 1UL << ((faults * 8) + switches);
        var (known, run) = seen.GetValueOrDefault(state);
        if (run == runs)
        {
            throw new InvalidOperationException("A run comes into one state twice: something that matters is not told apart.");
        }

        if ((known & bit) != 0)
        {
            return true;
        }

        for (var f = 0; f <= faults; f++)
        {
            for (var s = 0; s <= switches; s++)
            {
                known |= 1UL << ((f * 8) + s);
            }
        }

        seen[state] = (known, runs);
        return false;
    }

    private sealed record Node(Node? Parent, Deviation Deviation, int FaultsLeft, int SwitchesLeft)
    {
        public List<Deviation> Script()
        {
            var script = new List<Deviation>();
            for (var node = this; node.Parent is not null; node = node.Parent)
            {
                script.Add(node.Deviation);
            }

            script.Reverse();
            return script;
        }
    }

    private sealed class Survey(Explorer explorer, Node node, int left) : ISurvey
    {
        public bool Look(CallWorld world)
        {
            if (explorer.Knows(world.Print(), Math.Min(node.FaultsLeft, left), Math.Min(node.SwitchesLeft, left)))
            {
                return false;
            }

            if (left > 0)
            {
                foreach (var way in Pilot.Ways(world))
                {
                    if (way.IsSwitch ? node.SwitchesLeft > 0 : node.FaultsLeft > 0)
                    {
                        explorer.ahead.Enqueue(
                            new Node(node, way, node.FaultsLeft - (way.IsSwitch ? 0 : 1), node.SwitchesLeft - (way.IsSwitch ? 1 : 0)));
                    }
                }
            }

            return true;
        }
    }
}
