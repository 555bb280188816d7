using System.Text.Json;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>The stories of <c>samples/stories</c>, which <c>call --save</c> wrote.</summary>
public sealed class StoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("handoff.json", "warm-handoff")]
    [InlineData("agent-never-joins.json", "agent-never-joins")]
    public async Task A_story_is_what_the_command_still_writes_and_proves_whole(string story, string scenario)
    {
        var shipped = Repository.PathOf("samples", "stories", story);
        var written = Path.GetTempFileName();

        var played = await Shell.RunAsync("call", "--scenario", scenario, "--save", written);
        var (now, then) = (await ReadAsync(written), await ReadAsync(shipped));
        var proved = await Shell.RunAsync("proof", shipped);
        var replayed = await Shell.RunAsync("replay", shipped, written);
        File.Delete(written);

        Assert.Equal((0, 0, 0), (played.Status, proved.Status, replayed.Status));
        Assert.Contains($"./run.sh proof {written}", played.Errors, StringComparison.Ordinal);
        Assert.Equal(WhatHappened(then), WhatHappened(now));
    }

    [Fact]
    public async Task A_folder_of_stories_is_decided_again_a_line_each()
    {
        var (status, output, _) = await Shell.RunAsync("diff", Repository.PathOf("samples", "stories"));

        Assert.Equal(0, status);
        Assert.Contains("calls 2, ", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Several_calls_of_a_scenario_are_several_files()
    {
        var folder = Directory.CreateTempSubdirectory();

        await Shell.RunAsync("call", "--scenario", "next-caller", "--save", Path.Combine(folder.FullName, "next.json"));
        var files = folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToList();
        var (status, output, _) = await Shell.RunAsync("diff", folder.FullName);
        folder.Delete(recursive: true);

        Assert.Equal(["next-2.json", "next.json"], files);
        Assert.Equal(0, status);
        Assert.Contains("calls 2, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-folder", "call.json");

        var (status, _, errors) = await Shell.RunAsync("call", "--save", path);

        Assert.Equal(2, status);
        Assert.StartsWith($"{path} cannot be written", errors, StringComparison.Ordinal);
    }

    /// <summary>What two plays of one seed have in common: times, ids and answers, but not who held a claim.</summary>
    private static string WhatHappened(CallProof proof) => string.Join(
        '\n',
        proof.Promises.Select(promise => $"{promise.Name} {promise.Answer}")
            .Append(proof.CallId)
            .Concat(proof.Events.Select(seen => $"{seen.At:O} {seen.Id} {seen.What}").Order(StringComparer.Ordinal))
            .Concat(proof.Effects.Select(effect => $"{effect.Key} {effect.Status} {effect.Result}").Order(StringComparer.Ordinal)));

    private static async Task<CallProof> ReadAsync(string path) =>
        JsonSerializer.Deserialize(await File.ReadAllTextAsync(path, Stop), ProofJson.Default.CallProof)!;
}
