using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>What the documents say is what the code does.</summary>
public sealed partial class DocsTests
{
    private const int LongestReadme = 250;
    private const int LongestLine = 120;
    private const int LongestSentence = 200;

    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", ".git", ".venv"];

    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly string Settings = File.ReadAllText(Repository.PathOf("docs", "settings.md"));
    private static readonly string Routes = File.ReadAllText(Repository.PathOf("docs", "http.md"));
    private static readonly string Commands = File.ReadAllText(Repository.PathOf("docs", "running.md"));

    [Fact]
    public void The_README_stays_short() => Assert.InRange(Readme.Split('\n').Length, 1, LongestReadme);

    [Fact]
    public void The_table_of_settings_is_the_list_in_the_code()
    {
        var rows = SettingNames.All.Select(setting => $"| `{setting.Name}` | {Need(setting)} | {setting.Default} | {setting.Meaning} |");

        Assert.Equal(
            string.Join('\n', rows).Replace("](docs/", "](", StringComparison.Ordinal),
            Settings.Split("<!-- settings -->")[1].Split("<!-- /settings -->")[0].Trim().Split("| --- | --- | --- | --- |\n")[1]);
    }

    [Fact]
    public void Every_route_stands_in_the_list_of_routes() =>
        Assert.All(GatewayRoutes.All, route => Assert.Contains($"/{route.Template}", Routes, StringComparison.Ordinal));

    [Fact]
    public void The_problem_types_of_the_documents_are_those_that_are_answered()
    {
        var answered = typeof(Problem).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (GatewayResponse)property.GetValue(null)!)
            .Concat([Problem.BadParameter(""), Problem.WrongMethod(""), Problem.OutsideCallingHours(null)])
            .Concat([Problem.MissingScope(ApiScopes.Calls), Problem.BadToolArguments("")])
            .Select(problem => JsonNode.Parse(problem.Body.Span)!["type"]!.GetValue<string>().Split(':')[^1])
            .Distinct();
        var paragraph = Routes.Split("`urn:voicefunctions:problem:`")[1].Split("\n\n")[0];
        var listed = CodePattern().Matches(paragraph).Select(match => match.Groups[1].Value);

        Assert.Equal(answered.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Under_Core_Tools_every_scenario_is_played_but_the_one_of_ten_minutes_and_those_that_need_Twilio_itself()
    {
        var list = File.ReadAllText(Repository.PathOf("eng", "e2e-func.sh")).Split("scenarios=(")[1].Split(')')[0];
        var played = list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            ScenarioCatalog.All
                .Where(scenario => scenario is { NeedsCallControl: false, HasReceiver: false })
                .Where(scenario => scenario is { GatewaySettings.Count: 0, Name: not "long-call" })
                .Select(scenario => scenario.Name),
            played);
    }

    [Fact]
    public void Every_test_that_shows_a_feature_is_there()
    {
        var rows = Readme.Split("<!-- features -->")[1].Split("<!-- /features -->")[0];
        var named = TestPattern().Matches(rows).Select(match => match.Groups[1].Value).ToHashSet();
        var there = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(there));
    }

    [Fact]
    public void Every_scenario_that_the_documents_name_exists()
    {
        var named = ScenarioPattern().Matches(Readme + Commands).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(ScenarioCatalog.All, scenario => scenario.Name == name));
    }

    [Fact]
    public void Every_file_and_heading_that_a_document_links_to_exists()
    {
        var documents = DocumentsBelow(Repository.Root).ToDictionary(Path.GetFullPath, File.ReadAllText);
        var broken =
            from document in documents
            from Match link in LinkPattern().Matches(document.Value)
            let path = link.Groups["path"].Value
            let target = path.Length == 0 ? document.Key : Path.GetFullPath(path, Path.GetDirectoryName(document.Key)!)
            let heading = link.Groups["heading"].Value
            where !Path.Exists(target)
                || (heading.Length > 0 && documents.TryGetValue(target, out var text) && !HeadingsOf(text).Contains(heading))
            select $"{Path.GetRelativePath(Repository.Root, document.Key)} links to {path}#{heading}";

        Assert.Equal([], broken);
    }

    [Fact]
    public void A_line_of_prose_has_120_columns_at_most_or_is_one_sentence()
    {
        var documents = DocumentsBelow(Repository.Root).ToList();
        var tooLong =
            from document in documents
            from line in ProseOf(File.ReadAllText(document))
            let text = CodePattern().Replace(LinkPattern().Replace(ListMarkPattern().Replace(line, ""), ""), "`code`")
            where line.Length > LongestLine && (text.Length > LongestSentence || TwoSentencesPattern().IsMatch(text))
            select $"{Path.GetRelativePath(Repository.Root, document)}: {line}";

        Assert.NotEmpty(documents);
        Assert.Equal([], tooLong);
    }

    [Fact]
    public void Nothing_tells_anybody_to_put_a_key_into_a_URL()
    {
        string[] places = ["docs", "infra", "eng", "bench", ".github", "src"];
        var files = places.SelectMany(place => Directory.EnumerateFiles(Repository.PathOf(place), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

        var told = files.Where(file => KeyInUrlPattern().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        // The decision says why not.
        Assert.Equal(["0013-one-key-for-diagnostics.md"], told);
    }

    private static IEnumerable<string> DocumentsBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => !NotOurs.Contains(Path.GetFileName(inner)))
                .SelectMany(DocumentsBelow));

    /// <summary>The lines of a document that are neither code, a table, a picture nor a mark.</summary>
    private static IEnumerable<string> ProseOf(string document) =>
        CodeBlockPattern().Replace(document, "").Split('\n').Where(line => !line.TrimStart().StartsWith('|'))
            .Where(line => !line.StartsWith('<') && !line.StartsWith("![", StringComparison.Ordinal));

    /// <summary>What GitHub calls the headings of a document in links.</summary>
    private static IEnumerable<string> HeadingsOf(string document) =>
        from Match heading in HeadingPattern().Matches(CodeBlockPattern().Replace(document, ""))
        select NoWordPattern().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Need(Setting setting) => (setting.Need, setting.IsSecret) switch
    {
        (SettingNeed.Required, false) => "yes",
        (SettingNeed.Required, true) => "yes · secret",
        (SettingNeed.RequiredForTwilio, false) => "for Twilio",
        (SettingNeed.RequiredForTwilio, true) => "for Twilio · secret",
        (_, true) => "secret",
        _ => "",
    };

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex TestPattern();

    [GeneratedRegex(@"--scenario (\S+)")]
    private static partial Regex ScenarioPattern();

    [GeneratedRegex("[?&](code|key|token|x-diagnostics-key|diagnostics_key)=", RegexOptions.IgnoreCase)]
    private static partial Regex KeyInUrlPattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]*)(#(?<heading>[^)]*))?\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlockPattern();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^ *(-|>|\d+\.) ")]
    private static partial Regex ListMarkPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWordPattern();

    [GeneratedRegex(@"[.!?][)*]* +[A-Z`\[*(]")]
    private static partial Regex TwoSentencesPattern();
}
