using System.Globalization;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Architecture;

/// <summary>An operator finds a log line by its event id, so each id belongs to one message.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void Every_log_message_has_an_event_id_of_its_own()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(File.ReadAllText)
            .ToList();

        var ids = sources
            .SelectMany(source => MessageId().Matches(source))
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToList();

        Assert.InRange(ids.Count, 20, int.MaxValue);
        Assert.Equal(sources.Sum(source => Message().Count(source)), ids.Count);
        Assert.Equal([], ids.CountBy(id => id).Where(id => id.Value > 1).Select(id => id.Key));
    }

    [GeneratedRegex(@"\[LoggerMessage\b")]
    private static partial Regex Message();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex MessageId();
}
