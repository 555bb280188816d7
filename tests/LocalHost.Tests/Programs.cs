using System.ComponentModel;
using System.Diagnostics;

namespace VoiceFunctions.LocalHost;

/// <summary>Runs the programs of other languages that the documents show.</summary>
internal static class Programs
{
    /// <summary>Runs one to its end, and gives what it wrote. One that fails shows its errors.</summary>
    /// <param name="start">Which program, with its arguments.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<string> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        Process? started = null;
        try
        {
            started = Process.Start(start);
        }
        catch (Win32Exception) when (start.FileName == "python3")
        {
            // Nothing else in the project needs Python; .ci/run sees to it that this runs.
            Assert.Skip("python3 is not installed.");
        }

        using var process = started!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
