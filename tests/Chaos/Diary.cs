using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos;

/// <summary>Keeps what the network and the hosts said in files, for whoever studies a defect.</summary>
internal sealed class Diary : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter network;
    private readonly StreamWriter hosts;
    private readonly TimeProvider clock;

    /// <param name="clock">Dates what hosts print.</param>
    /// <param name="name">Names the run's folder.</param>
    public Diary(TimeProvider clock, string name)
    {
        this.clock = clock;
        Folder = Repository.PathOf("artifacts", "chaos", name);
        Directory.CreateDirectory(Folder);
        network = new StreamWriter(Path.Combine(Folder, "network.log"));
        hosts = new StreamWriter(Path.Combine(Folder, "hosts.log"));
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>Something happened in the network.</summary>
    public void Tell(NetworkEvent happened) => Write(network, $"{happened.At:HH:mm:ss.fff} {happened.Who} {happened.What}");

    /// <summary>A host printed something.</summary>
    public void Tell(int host, string line) => Write(hosts, $"{clock.GetUtcNow():HH:mm:ss.fff} {host} {line}");

    public void Dispose()
    {
        lock (gate)
        {
            network.Dispose();
            hosts.Dispose();
        }
    }

    private void Write(StreamWriter writer, string line)
    {
        lock (gate)
        {
            if (writer.BaseStream.CanWrite)
            {
                writer.WriteLine(line);
            }
        }
    }
}
