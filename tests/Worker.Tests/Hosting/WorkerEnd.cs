namespace VoiceFunctions.Worker.Hosting;

/// <summary>How a worker ended and what it printed.</summary>
internal sealed record WorkerEnd(int ExitCode, string Output, string Errors);
