using System.Reflection;
using System.Xml.Linq;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Architecture;

public sealed class ArchitectureTests
{
    private static readonly Assembly Core = typeof(CallPolicy).Assembly;

    /// <summary>Dependencies point inward.</summary>
    public static TheoryData<string, string[]> Projects { get; } = new()
    {
        { "Core", [] },
        { "Events", ["Core"] },
        { "Storage", ["Core"] },
        { "Tools", ["Core"] },
        { "Simulator", ["Core"] },
        { "Knowledge", ["Core"] },
        { "LocalHost", ["Core", "Events", "Knowledge", "Simulator", "Storage", "Tools"] },
        { "Functions", ["Core", "Events", "Knowledge", "Storage", "Tools"] },
    };

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [Fact]
    public void Core_knows_no_cloud_no_web_framework_and_no_vendors_package()
    {
        string[] foreign =
        [
            "Azure", "Microsoft.Azure", "Microsoft.AspNetCore", "Twilio", "Livekit", "DurableTask", "Microsoft.DurableTask",
            "OpenTelemetry", "Google", "Lucene",
        ];

        var referenced = Core.GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.Contains("System.Runtime", referenced);
        Assert.DoesNotContain(referenced, name => Array.Exists(foreign, part => name.StartsWith(part, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Every_public_type_of_Core_is_sealed_or_only_a_shape()
    {
        var open = Core.GetExportedTypes()
            .Where(type => !(type.IsSealed || type.IsAbstract || type.IsInterface || type.IsEnum))
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    [Fact]
    public void A_public_family_of_Core_is_closed()
    {
        var open = Core.GetExportedTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: false, IsInterface: false }
                && !type.IsSubclassOf(typeof(System.Text.Json.Serialization.JsonSerializerContext)))
            .Where(type => type
                .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(made => !made.IsPrivate && !IsCopy(made, type)))
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    /// <summary>The constructor that every record has for <c>with</c>.</summary>
    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [var only] && only.ParameterType == type;

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_projects_references_point_inward(string project, string[] allowed)
    {
        var file = Repository.PathOf("src", project, $"{project}.csproj");

        var references = XDocument.Load(file)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Subset(allowed.ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void Every_project_has_its_place_in_the_order() => Assert.Subset(
        Projects.Select(row => row.Data.Item1).ToHashSet(),
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet());

    [Fact]
    public void Core_refers_to_logging_numbering_plans_and_access_tokens_and_to_nothing_else() => Assert.Equal(
        ["libphonenumber-csharp", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.IdentityModel.JsonWebTokens"],
        XDocument.Load(Repository.PathOf("src", "Core", "Core.csproj"))
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value));

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.All(Sources, path => Assert.True(File.ReadLines(path).Count() <= 400, Path.GetRelativePath(Repository.Root, path)));

    [Fact]
    public void No_pattern_ends_before_a_last_line_feed() => Assert.All(Sources, path =>
        Assert.DoesNotMatch("""(GeneratedRegex|new Regex)\([^)]*\$"+[,)]""", File.ReadAllText(path)));

    [Fact]
    public void No_namespace_of_Core_is_in_a_cycle()
    {
        var cycles = new NamespaceGraph(Core).Cycles().Select(cycle => string.Join(" ", cycle));

        Assert.Equal([], cycles);
    }

    [Fact]
    public void The_graph_of_namespaces_sees_what_code_uses()
    {
        var uses = new NamespaceGraph(Core).UsesOf(typeof(CallPolicy).Namespace!);

        Assert.Superset(new HashSet<string> { typeof(CallEffect).Namespace!, typeof(CallState).Namespace! }, uses.ToHashSet());
    }

    [Fact]
    public void No_line_is_longer_than_the_editorconfig_says()
    {
        var limit = int.Parse(
            File.ReadLines(Repository.PathOf(".editorconfig"))
                .Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal))
                .Split('=')[1],
            System.Globalization.CultureInfo.InvariantCulture);
        var longer =
            from folder in new[] { "src", "tests", "bench" }
            from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules")
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > limit
            select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number}";

        Assert.Equal([], longer);
    }

    [Fact]
    public void State_and_policy_have_no_clock_no_chance_and_no_ports()
    {
        string[] pure = [Path.Combine("Calls", "State"), Path.Combine("Calls", "Policy")];
        var files = Sources.Where(path =>
            pure.Any(folder => path.Contains(folder, StringComparison.Ordinal)) || path.EndsWith("Rules.cs", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(files.Count, 15, int.MaxValue);
        Assert.All(files, path =>
        {
            var text = File.ReadAllText(path);
            Assert.All(["TimeProvider", "Random", "async ", "ICallJournal", "ILiveKitApi", "ILogger"], word =>
                Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_folder_of_Core_holds_about_fifteen_files() => Assert.All(
        Sources.Where(path => path.Contains(Path.Combine("src", "Core"), StringComparison.Ordinal))
            .CountBy(path => Path.GetDirectoryName(path)!),
        folder => Assert.True(folder.Value <= 20, $"{Path.GetRelativePath(Repository.Root, folder.Key)} holds {folder.Value} files"));

    [Fact]
    public void The_namespace_of_a_file_is_its_folder() => Assert.All(Sources, path =>
    {
        var folder = Path.GetDirectoryName(Path.GetRelativePath(Repository.PathOf("src"), path))!.Replace(Path.DirectorySeparatorChar, '.');
        var declared = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        Assert.True(declared is null || declared == $"namespace VoiceFunctions.{folder};", $"{path}: {declared}");
    });
}
