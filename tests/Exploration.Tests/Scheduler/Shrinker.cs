using VoiceFunctions.Exploration.Model;

namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>Makes a failure as small as it gets: leaves deviations out while some promise is still broken.</summary>
internal static class Shrinker
{
    public static Failure Shrink(Func<CallWorld> begin, Failure failure)
    {
        for (var i = 0; i < failure.Script.Count; i++)
        {
            IReadOnlyList<Deviation> shorter = [.. failure.Script.Take(i), .. failure.Script.Skip(i + 1)];
            var world = begin();
            if (Pilot.Fly(world, shorter, null) == 0 && world.Witness.Broken.Count > 0)
            {
                return Shrink(begin, new Failure(shorter, world.Witness.Broken[0]));
            }
        }

        return failure;
    }
}
