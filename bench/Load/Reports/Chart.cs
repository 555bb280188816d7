using System.Globalization;
using System.Net;
using System.Text;

namespace VoiceFunctions.Bench.Load.Reports;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Spread">Its length, and the range that is drawn as a line.</param>
/// <param name="IsOurs">Whether it is emphasised.</param>
internal sealed record Bar(string Label, Spread Spread, bool IsOurs);

/// <summary>Draws horizontal bars as SVG that a reader can read in light and in dark.</summary>
internal static class Chart
{
    private const int Width = 760;
    private const int Left = 260;
    private const int Right = 130;
    private const int RowHeight = 26;
    private const int GroupTop = 34;

    /// <summary>One group of bars for each metric, each with a scale of its own.</summary>
    public static string Of(string title, IReadOnlyList<(Metric Metric, IReadOnlyList<Bar> Bars)> groups)
    {
        var height = 44 + groups.Sum(group => GroupTop + (group.Bars.Count * RowHeight)) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" role="img"
            font-family="system-ui, sans-serif" font-size="13">
            <title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>
            text { fill: #1f2328; } .quiet { fill: #59636e; } .ours { fill: #0969da; } .other { fill: #9aa4af; } .range { stroke: #1f2328; }
            @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .ours { fill: #4493f8; } .other { fill: #656c76; } .range { stroke: #f0f6fc; }
            }
            </style>
            <text x="8" y="26" font-size="16" font-weight="600">{{WebUtility.HtmlEncode(title)}}</text>

            """);
        var y = 44;
        foreach (var (metric, bars) in groups)
        {
            var caption = WebUtility.HtmlEncode($"{metric.Title}, {(metric.MoreIsBetter ? "more" : "less")} is better");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet\" x=\"8\" y=\"{y + 20}\">{caption}</text>\n");
            y += GroupTop;
            var longest = bars.Max(bar => bar.Spread.Most);
            foreach (var bar in bars)
            {
                Draw(svg, metric, bar, y, longest > 0 ? (Width - Left - Right) / longest : 0);
                y += RowHeight;
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Metric metric, Bar bar, int y, double scale)
    {
        var (least, median, most) = (Left + (bar.Spread.Least * scale), bar.Spread.Median * scale, Left + (bar.Spread.Most * scale));
        var kind = bar.IsOurs ? "ours" : "other";
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left - 8}" y="{y + 16}" text-anchor="end">{WebUtility.HtmlEncode(bar.Label)}</text>
            <rect class="{kind}" x="{Left}" y="{y + 3}" width="{Math.Max(1, median):F1}" height="{RowHeight - 8}" rx="2"/>
            <line class="range" x1="{least:F1}" x2="{most:F1}" y1="{y + 12}" y2="{y + 12}"/>
            <text x="{Math.Max(most, Left + median) + 6:F1}" y="{y + 16}">{metric.Format(bar.Spread.Median)}</text>

            """);
    }
}
