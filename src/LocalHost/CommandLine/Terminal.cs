using System.Text;
using Spectre.Console;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>A terminal that takes colours.</summary>
internal static class Terminal
{
    private const int UsualWidth = 80;

    /// <summary>
    /// How wide the terminal of a stream is; <c>null</c> where the stream goes somewhere else, or where the terminal or whoever sits
    /// before it wants plain text.
    /// </summary>
    /// <param name="environment">Gives a setting.</param>
    /// <param name="isRedirected">Whether the stream goes somewhere else.</param>
    public static int? WidthOf(Func<string, string?> environment, bool isRedirected) =>
        isRedirected || !string.IsNullOrEmpty(environment("NO_COLOR")) || environment("TERM") is null or "" or "dumb"
            ? null
            : Console.WindowWidth is var width and > 0 ? width : UsualWidth;

    /// <summary>The library's console on a writer.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="width">How wide the terminal is.</param>
    public static IAnsiConsole On(TextWriter output, int width) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.Standard,
        Interactive = InteractionSupport.Yes,
        Out = new Place(output, width),
    });

    /// <summary>How a tone looks: by colours that every terminal has.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Doubtful => new Style(Color.Olive),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Quiet => new Style(decoration: Decoration.Dim),
        _ => Style.Plain,
    };

    private sealed class Place(TextWriter output, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => output;

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // The writer has its own.
        }
    }
}
