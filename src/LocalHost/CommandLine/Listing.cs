using Spectre.Console;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>How a text is meant: a terminal shows it by colour.</summary>
internal enum Tone
{
    Plain,
    Good,
    Doubtful,
    Bad,
    Quiet,
}

/// <summary>One text of a table. Whoever wrote it cannot steer the terminal: control characters are shown as what they are not.</summary>
internal sealed class Cell(string text, Tone tone = Tone.Plain)
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text.</summary>
    public string Text { get; } =
        string.Create(text.Length, text, (shown, from) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(from[i]) && from[i] != '\n' ? Replacement : from[i];
            }
        });

    /// <summary>How it is meant.</summary>
    public Tone Tone => tone;

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A column of a table.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Width">How wide it is without a terminal; 0 for as wide as each text, and two blanks.</param>
internal sealed record Column(string Title, int Width = 0)
{
    /// <summary>Whether it is read from its right end, as numbers are.</summary>
    public bool IsRight { get; init; }

    /// <summary>Whether it is copied, so that it must stand in one line.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>A table: with lines and colours on a terminal, as aligned text everywhere else.</summary>
/// <param name="columns">Its columns.</param>
internal sealed class Listing(params Column[] columns)
{
    private const int LeastColumn = 12;

    private readonly List<Cell[]> rows = [];

    /// <summary>What stands before each line without a terminal.</summary>
    public string Indent { get; init; } = "";

    /// <summary>Whether the titles of the columns are told without a terminal too.</summary>
    public bool AlwaysHasTitles { get; init; }

    /// <summary>Whether a terminal shows it without lines and titles; its columns are as wide as they say.</summary>
    public bool IsBare { get; init; }

    /// <summary>One more row.</summary>
    public void Add(params Cell[] row) => rows.Add(row);

    /// <summary>Tells it.</summary>
    /// <param name="output">Where.</param>
    /// <param name="screenColumns">How wide the terminal is; <c>null</c> where there is none.</param>
    public void Tell(TextWriter output, int? screenColumns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (screenColumns is { } width)
        {
            Terminal.On(output, width).Write(IsBare || LeastWidth <= width ? ToTable() : ToRecords());
            return;
        }

        foreach (var row in AlwaysHasTitles ? rows.Prepend([.. columns.Select(column => new Cell(column.Title))]) : rows)
        {
            output.WriteLine($"{Indent}{string.Concat(row.Select((cell, at) => Padded(cell.Text, columns[at])))}".TrimEnd());
        }
    }

    /// <summary>How wide the terminal must be for columns in which one can read.</summary>
    private int LeastWidth => 1 + columns.Select((column, at) =>
    {
        var longest = rows.Select(row => row[at].Text.Length).Append(column.Title.Length).Max();
        return 3 + (column.IsWhole ? longest : Math.Min(longest, Math.Max(column.Title.Length, LeastColumn)));
    }).Sum();

    /// <summary>Each row as a list of its own, for a terminal that is too narrow for the columns.</summary>
    private Table ToRecords()
    {
        var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false, ShowRowSeparators = true };
        table.AddColumn(new TableColumn(""));
        foreach (var row in rows)
        {
            var lines = new Grid();
            lines.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
            lines.AddColumn(new GridColumn { Padding = new Padding(0) });
            foreach (var (at, cell) in row.Index())
            {
                lines.AddRow(
                    new Text(columns[at].Title, Terminal.StyleOf(Tone.Quiet)), new Text(cell.Text, Terminal.StyleOf(cell.Tone)));
            }

            table.AddRow(lines);
        }

        return table;
    }

    private Table ToTable()
    {
        var table = new Table
        {
            Border = IsBare ? TableBorder.None : TableBorder.Rounded,
            ShowHeaders = !IsBare && columns.Any(column => column.Title.Length > 0),
        };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, Terminal.StyleOf(Tone.Quiet)))
            {
                Alignment = column.IsRight ? Justify.Right : Justify.Left,
                NoWrap = column.IsWhole,
                Width = IsBare && column.Width > 0 ? column.Width : null,
                Padding = IsBare ? new Padding(0) : new Padding(1, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, Terminal.StyleOf(cell.Tone))));
        }

        return table;
    }

    private static string Padded(string text, Column column) =>
        column.Width == 0 ? $"{text}  " : column.IsRight ? text.PadLeft(column.Width) : text.PadRight(column.Width);
}
