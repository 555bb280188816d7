using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>What the callers of <see cref="BelongingScenarios"/> have to have lived through; tells what is missing.</summary>
internal static class Expectations
{
    public static IEnumerable<string> HeardAgent(ScenarioResult result) => HeardAgent(result.Experience);

    public static IEnumerable<string> HeardAgent(CallerExperience? caller) =>
        caller?.HeardAgent > TimeSpan.Zero ? [] : ["the caller never heard an agent"];

    public static IEnumerable<string> HeardHuman(ScenarioResult result) => HeardHuman(result.Experience);

    public static IEnumerable<string> HeardHuman(CallerExperience? caller) =>
        caller?.HeardHuman > TimeSpan.Zero ? [] : ["the caller never heard a human"];

    public static IEnumerable<string> HeardMessage(CallerExperience? caller, string text) =>
        caller?.Heard.OfType<Heard.Message>().Any(message => message.Text == text) == true ? [] : ["the caller never heard the message"];

    /// <summary>Only one agent was sent, whatever happened to it.</summary>
    public static IEnumerable<string> OneAgentSent(ScenarioResult result) =>
        result.Rooms.Where(room => room.Dispatches > 1).Select(room => $"{room.Dispatches} agents were sent one after the other");

    public static IEnumerable<string> SilentAtMost(ScenarioResult result, double seconds) =>
        result.Experience.LongestSilence > TimeSpan.FromSeconds(seconds)
            ? [$"the caller heard nothing for {result.Experience.LongestSilence.TotalSeconds:0.0} s"]
            : [];

    /// <summary>The caller was on the line when the call ended.</summary>
    public static IEnumerable<string> WasHungUpOn(ScenarioResult result) =>
        result.Experience.End == CallEnd.OtherSideHungUp ? [] : ["the caller had to hang up"];
}
