namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>Effects that are done in one go, one after the other.</summary>
/// <param name="goesOn">Whether an effect that is due is done too. It is told which ones were begun before it.</param>
/// <param name="hasNews">Whether the call must be read before anything else is decided; <c>null</c> where nobody can tell.</param>
public sealed class EffectRun(Func<CallEffect, IReadOnlyList<CallEffect>, bool> goesOn, Func<bool>? hasNews = null)
{
    private readonly List<CallEffect> begun = [];

    /// <summary>Whether the call must be read before anything else is decided.</summary>
    internal bool HasNews() => hasNews?.Invoke() == true;

    /// <summary>How many were begun.</summary>
    internal int Count => begun.Count;

    /// <summary>Whether an effect is done too; then it counts as begun.</summary>
    internal bool Begins(CallEffect due)
    {
        if (!goesOn(due, begun))
        {
            return false;
        }

        begun.Add(due);
        return true;
    }

    /// <summary>Only so many were begun: the claims of the others could not be written.</summary>
    internal void TakeBackTo(int count) => begun.RemoveRange(count, begun.Count - count);
}
