namespace VoiceFunctions.Bench.Load.LiveKit;

/// <summary>What became of the room of one call.</summary>
/// <param name="name">The room's name.</param>
/// <param name="key">What the ids in its webhooks end with.</param>
internal sealed class RoomFate(string name, string key)
{
    public string Name => name;

    public string Key => key;

    /// <summary>Whether Twilio got a document that dials the room.</summary>
    public bool WasDialled { get; set; }

    /// <summary>Whether the caller was ever there.</summary>
    public bool HadCaller { get; set; }

    /// <summary>Whether the caller has hung up, there or before.</summary>
    public bool HasLost { get; set; }

    public bool HasCaller => HadCaller && !HasLost;

    public bool HasAgent { get; set; }

    public int Dispatches { get; set; }

    public bool WasOpened { get; set; }

    public bool IsDeleted { get; set; }

    public bool IsOpen => WasOpened && !IsDeleted;

    public bool IsMissingAgent => HadCaller && Dispatches == 0;
}

/// <summary>The rooms that the stub of LiveKit knows, and what the server under test did with them.</summary>
internal sealed class RoomBook
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RoomFate> byName = [];

    /// <summary>Tells of a room that will be there.</summary>
    public void Expect(string name, string key)
    {
        lock (gate)
        {
            byName[name] = new RoomFate(name, key);
        }
    }

    /// <summary>Reads or changes a room; a name that nobody expects makes one.</summary>
    public T With<T>(string name, Func<RoomFate, T> use)
    {
        lock (gate)
        {
            if (!byName.TryGetValue(name, out var room))
            {
                byName.Add(name, room = new RoomFate(name, name));
            }

            return use(room);
        }
    }

    /// <summary>The open rooms, or those of them that are named.</summary>
    public IReadOnlyList<RoomFate> Open(IReadOnlyCollection<string> names)
    {
        lock (gate)
        {
            return names.Count == 0
                ? [.. byName.Values.Where(room => room.IsOpen)]
                : [.. names.Select(name => byName.GetValueOrDefault(name)).OfType<RoomFate>().Where(room => room.IsOpen)];
        }
    }

    /// <summary>How many of these rooms still miss their dispatch or their end.</summary>
    public int Unfinished(IEnumerable<string> rooms)
    {
        lock (gate)
        {
            return rooms.Count(name =>
                byName.TryGetValue(name, out var room) && (room.IsMissingAgent || room.IsOpen));
        }
    }
}
