using System.Globalization;

namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>What Linux says of the machine and of one process.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>The core of the servers and of their stores. The generator has the last core, where <c>run.sh</c> put it.</summary>
    public const int ServerCore = 0;

    /// <summary>The seconds of CPU that a process has used.</summary>
    public static double CpuSeconds(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>The seconds of CPU that the whole machine has used.</summary>
    public static double AllCpuSeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // user, nice, system, irq, softirq, steal: all but idle and iowait.
        return (Number(fields[1]) + Number(fields[2]) + Number(fields[3]) + Number(fields[6]) + Number(fields[7]) + Number(fields[8]))
            / TicksPerSecond;
    }

    /// <summary>The resident memory of a process in MB: now (<c>VmRSS</c>) or at most (<c>VmHWM</c>).</summary>
    public static double Megabytes(int pid, string field = "VmRSS") =>
        Number(Line($"/proc/{pid}/status", field).Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]) / 1024;

    /// <summary>How many bytes a process has read and written, over sockets too.</summary>
    public static (long Read, long Written) BytesOf(int pid) =>
        ((long)Number(Line($"/proc/{pid}/io", "rchar")), (long)Number(Line($"/proc/{pid}/io", "wchar")));

    /// <summary>The processor's name, its cores and the memory.</summary>
    public static string Describe()
    {
        var memory = Number(Line("/proc/meminfo", "MemTotal").Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]) / 1024 / 1024;
        var cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{Line("/proc/cpuinfo", "model name")}, {cores} cores, {memory:F0} GB");
    }

    /// <summary>Linux's own version.</summary>
    public static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static string Line(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "0";

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
