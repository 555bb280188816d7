using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Architecture;

/// <summary>A feature is its folder, a line in each family, a slice and its lines in the registration: docs/adding-a-feature.md.</summary>
public sealed partial class FeatureTests
{
    private const string Page = "docs/adding-a-feature.md";
    private const string Example = "docs/adding-a-feature.patch";

    /// <summary>What every effect is named in.</summary>
    private static readonly string[] Always =
    [
        "src/Core/Calls/CallEffect.cs",
        "src/Core/Calls/Workflow/CallFeatures.cs",
        "src/Functions/Calls/CallActivities.cs",
    ];

    /// <summary>
    /// Where an effect is named outside of its feature: what asks about its claims. The list only gets shorter; a new effect has no place
    /// in it but the state's queries.
    /// </summary>
    private static readonly Dictionary<string, string[]> Elsewhere = new()
    {
        ["DispatchAgent"] = ["Agents/Lease", "Calls/State", "Proofs", "Routing/Route.cs"],
        ["DispatchHelper"] = ["Calls/State"],
        ["OpenRoom"] = ["Calls/State"],
        ["Dial"] = ["Calls/State"],
        ["HandOn"] = ["Calls/State", "Proofs"],
        ["CallHuman"] = ["Calls/State"],
        ["RingHuman"] = ["Calls/State"],
        ["TransferCaller"] = ["Calls/State"],
        ["SilenceAgents"] = ["Calls/State"],
        ["GiveUpHandoff"] = ["Calls/State"],
        ["RemoveSurplusAgents"] = ["Agents/Lease", "Proofs", "Calls/Publishing/LifecycleEvents.cs"],
        ["Reconcile"] = ["Calls/State", "Proofs"],
        ["StartRecording"] = ["Calls/State"],
        ["StopRecordings"] = ["Calls/State"],
        ["LookUpRecordings"] = ["Calls/State"],
        ["EndCall"] = ["Calls/State", "Proofs"],
        ["Publish"] = ["LocalHost/Recordings", "Proofs"],
        ["DeleteRoom"] = ["Calls/State"],
    };

    private static IEnumerable<Type> Kinds => typeof(CallEffect).GetNestedTypes().Where(kind => kind.IsSubclassOf(typeof(CallEffect)));

    [Fact]
    public void An_effect_is_named_by_its_feature_and_its_registration_and_by_little_else()
    {
        var features = Kinds.ToDictionary(kind => kind.Name, kind => FeatureOf(kind.Name));
        var strangers =
            from file in SourceFiles()
            where !Always.Contains(file)
            from Match use in Use().Matches(File.ReadAllText(Repository.PathOf(file)))
            let kind = use.Groups[1].Value
            where features.ContainsKey(kind) && !file.StartsWith(features[kind], StringComparison.Ordinal)
            where !Elsewhere.GetValueOrDefault(kind, []).Any(place => file.Contains($"/{place}", StringComparison.Ordinal))
            select $"{file} names {kind}";

        Assert.Equal([], strangers.Distinct());
    }

    [Fact]
    public void Every_effect_has_a_handler_or_is_done_in_the_journal_alone()
    {
        var registration = File.ReadAllText(Repository.PathOf("src", "Core", "Calls", "Workflow", "CallFeatures.cs"));

        Assert.All(Kinds.Where(kind => kind != typeof(CallEffect.EndCall)), kind =>
            Assert.Contains($".Add<CallEffect.{kind.Name}>(", registration, StringComparison.Ordinal));
        Assert.NotNull(new CallEffect.EndCall("x").JournalResult);
    }

    [Fact]
    public async Task The_worked_example_still_applies()
    {
        if (!Directory.Exists(Repository.PathOf(".git")) && !File.Exists(Repository.PathOf(".git")))
        {
            Assert.Skip("This is no git checkout.");
        }

        // Where the example has been applied to try it, it can be taken back.
        Assert.True(await GitAsync("apply", "--check", Example) || await GitAsync("apply", "--check", "--reverse", Example));
    }

    [Fact]
    public void The_worked_example_changes_what_the_page_says_and_nothing_else()
    {
        var changed = Changed().Matches(File.ReadAllText(Repository.PathOf(Example))).Select(match => match.Groups[1].Value).ToHashSet();
        var said = Row().Matches(File.ReadAllText(Repository.PathOf(Page))).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal(said, changed);
    }

    /// <summary>The folder of an effect's feature: the one whose rules name it.</summary>
    private static string FeatureOf(string kind) => Assert.Single(
        SourceFiles()
            .Where(file => file.EndsWith("Rules.cs", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Contains($"CallEffect.{kind}", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '/') + '/')
            .Distinct());

    private static async Task<bool> GitAsync(params string[] arguments)
    {
        using var git =
            Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardError = true })!;
        await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        return git.ExitCode == 0;
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"CallEffect\.(\w+)")]
    private static partial Regex Use();

    [GeneratedRegex(@"^\+\+\+ b/(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Changed();

    [GeneratedRegex(@"^\| `((?:src|tests)/[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
