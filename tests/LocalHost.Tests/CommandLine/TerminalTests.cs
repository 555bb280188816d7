using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>A terminal gets tables, colours and progress; everybody else gets plain text, and what others wrote steers nothing.</summary>
public sealed class TerminalTests
{
    private const char Escape = '\u001b';
    private const int Columns = 80;

    private static readonly string Story = Repository.PathOf("samples", "stories", "handoff.json");

    [Fact]
    public void A_table_keeps_to_the_width_of_the_terminal_and_is_aligned_text_without_one()
    {
        var listing = new Listing(new("Call", 8), new("Why")) { Indent = "  " };
        listing.Add("one", new(string.Join(' ', Enumerable.Repeat("reason", 40)), Tone.Bad));

        var (shown, plain) = (Told(listing, Columns), Told(listing, null));

        Assert.Contains('╭', shown);
        Assert.Contains(Escape, shown);
        Assert.All(shown.Split('\n'), line => Assert.InRange(WithoutColours(line).Length, 0, Columns));
        Assert.StartsWith("  one     reason reason", plain, StringComparison.Ordinal);
        Assert.Single(plain.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(Escape, plain);
    }

    [Fact]
    public void Where_the_columns_do_not_fit_each_row_is_a_list()
    {
        var id = new string('i', 50);
        var listing = new Listing(new("Letter") { IsWhole = true }, new("Call") { IsWhole = true }, new("Why"));
        listing.Add(id, "hr4bpq2owjg562thg45z6neuat", "answered 410");

        var lines = WithoutColours(Told(listing, Columns)).Split('\n');

        Assert.Contains(lines, line => line.Contains($"Letter  {id} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Why     answered 410", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, Columns));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Columns)]
    public void What_somebody_else_wrote_is_shown_as_it_is_and_steers_no_terminal(int? columns)
    {
        var listing = new Listing(new Column("Why"));
        listing.Add($"[red]up[/] {Escape}]0;title\a end [link");

        var shown = Told(listing, columns);

        Assert.Contains("[red]up[/] \uFFFD]0;title\uFFFD end [link", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, "xterm")]
    [InlineData(false, "1", "xterm")]
    [InlineData(false, null, "dumb")]
    public void Plain_text_goes_into_files_and_to_those_who_want_it(bool isRedirected, string? noColor, string terminal) => Assert.Null(
        Terminal.WidthOf(name => name switch { "NO_COLOR" => noColor, "TERM" => terminal, _ => null }, isRedirected));

    [Fact]
    public async Task A_proof_is_a_table_on_a_terminal()
    {
        var (_, shown, _) = await RunAsync(Columns, "proof", Story);

        Assert.Contains('╭', shown);
        Assert.Contains("one_dispatch_per_epoch", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, (await RunAsync(null, "proof", Story)).Output);
    }

    [Fact]
    public async Task Progress_is_shown_on_the_terminal_of_the_errors_alone()
    {
        string[] line = ["call", "--seed", "1..2", "--json"];

        var shown = await RunAsync(Columns, line);
        var plain = await RunAsync(null, line);

        Assert.Contains("seed 2, 0 broken", shown.Errors, StringComparison.Ordinal);
        Assert.Equal((plain.Output, ""), (shown.Output, plain.Errors));
    }

    private static async Task<(int Status, string Output, string Errors)> RunAsync(int? columns, params string[] line)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = new CommandConsole(_ => null, Stream.Null, output, errors) { OutputColumns = columns, ErrorColumns = columns };
        var status = await Commands.RunAsync(line, console, TestContext.Current.CancellationToken);
        return (status, $"{output}", $"{errors}");
    }

    private static string Told(Listing listing, int? columns)
    {
        using var output = new StringWriter();
        listing.Tell(output, columns);
        return output.ToString();
    }

    private static string WithoutColours(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, $"{Escape}\\[[0-9;]*m", "");
}
