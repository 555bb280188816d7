using Lucene.Net.Store;

namespace VoiceFunctions.Knowledge;

/// <summary>
/// A directory whose process is killed at one of its steps: that step and every later one are not done. What was written by then stays.
/// </summary>
/// <param name="disk">What outlives the process.</param>
/// <param name="killedAt">The number of the step, from 1.</param>
internal sealed class KilledDirectory(Lucene.Net.Store.Directory disk, int killedAt) : FilterDirectory(disk)
{
    private int steps;

    /// <summary>Whether the process lived to that step.</summary>
    public bool IsDead => steps >= killedAt;

    public override IndexOutput CreateOutput(string name, IOContext context)
    {
        Step();
        return base.CreateOutput(name, context);
    }

    public override void DeleteFile(string name)
    {
        Step();
        base.DeleteFile(name);
    }

    public override void Sync(ICollection<string> names)
    {
        Step();
        base.Sync(names);
    }

    private void Step()
    {
        if (++steps >= killedAt)
        {
            throw new IOException("killed");
        }
    }
}
