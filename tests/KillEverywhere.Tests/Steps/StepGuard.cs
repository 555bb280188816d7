using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Sees the steps pass that a process takes towards one server.</summary>
/// <param name="namesOf">Names what a request does; nothing for what is no step of a call.</param>
/// <param name="trap">Takes the steps.</param>
/// <param name="taken">Hears of every step that was answered.</param>
internal sealed class StepGuard(Func<Passing, IReadOnlyList<string>> namesOf, Trap trap, Action taken) : IGuard
{
    public async Task<HttpResponseMessage?> PassAsync(Passing request, Func<Task<HttpResponseMessage?>> ask)
    {
        var steps = trap.Count(namesOf(request));
        if (await trap.SpringsAsync(steps, Side.Before))
        {
            return null;
        }

        var answer = await ask();
        if (answer is not null && await trap.SpringsAsync(steps, Side.After))
        {
            answer.Dispose();
            return null;
        }

        if (steps.Count > 0)
        {
            taken();
        }

        return answer;
    }
}
