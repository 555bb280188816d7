using System.Text;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// LiveKit's webhooks: for each room name one after the other, each until it is answered, five attempts. In trouble one gets lost, comes
/// twice at the same time, or comes after its successor.
/// </summary>
internal sealed class Webhooks(CallWorld world)
{
    private static readonly string[] Troubles = ["lost", "twice", "swapped"];
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);
    private int hostTurn;

    /// <summary>The ids of everything that was ever told.</summary>
    public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>Hears everything as it is told, before anything becomes of it on its way.</summary>
    public Action<Message> Told { get; set; } = _ => { };

    public bool IsIdle => lines.Values.All(line => line.IsIdle);

    /// <summary>LiveKit tells of something. Gives the delivery's id.</summary>
    public string Send(ModelRoom room, string name, ModelGuest? guest, string? reason = null)
    {
        var id = world.LiveKit.Id("EV", room.Name);
        var who = guest is null ? "" : name is "track_published" or "track_unpublished"
            ? $$""", "participant":{"sid":"{{guest.Sid}}", "identity":"{{guest.Identity}}"}, "track":{"sid":"TR_1"}"""
            : $", \"participant\":{guest.AsJson(reason)}";
        var body = Encoding.UTF8.GetBytes(
            $$"""{"event":"{{name}}", "room":{"sid":"{{room.Sid}}", "name":"{{room.Name}}"}{{who}}, "id":"{{id}}"}""");
        Send(room.Name, new Message(id, $"{id} {name}{Of(room)}", now => world.Mapper.Map(body, now)));
        return id;
    }

    private string Of(ModelRoom room) => room.Name == world.RoomName ? "" : $" of {room.Name}";

    /// <summary>Somebody tells of something, in a line of its own.</summary>
    public void Send(string lineName, Message message)
    {
        Sent.Add(message.Id);
        Told(message);
        if (!lines.TryGetValue(lineName, out var line))
        {
            lines[lineName] = line = new Line();
        }

        if (line.Held is { } held)
        {
            line.Held = null;
            line.Waiting.Insert(0, message);
            line.Waiting.Insert(1, held);
        }
        else
        {
            line.Waiting.Add(message);
        }

        Next(line);
    }

    public ulong Print() => lines.Values.Aggregate((ulong)hostTurn, (print, line) => print + line.Print());

    private void Next(Line line)
    {
        if (!line.IsBusy && line.Waiting.Count > 0)
        {
            line.IsBusy = true;
            var message = line.Waiting[0];
            line.Waiting.RemoveAt(0);
            world.Ready($"deliver {message.Name}", Troubles, trouble => Deliver(line, message, trouble));
        }
    }

    private void Deliver(Line line, Message message, string trouble)
    {
        switch (trouble)
        {
            case "lost":
                Answered(line);
                break;
            case "swapped":
                line.IsBusy = false;
                if (line.Waiting.Count > 0)
                {
                    line.Waiting.Insert(1, message);
                    Next(line);
                }
                else
                {
                    line.Held = message;
                    world.After(LongestHold, $"{message.Name} comes at last", [], _ => Release(line, message));
                }

                break;
            default:
                Offer(line, message, 0, isFirst: true);
                if (trouble == "twice")
                {
                    Offer(line, message, 0, isFirst: false);
                }

                break;
        }
    }

    private void Release(Line line, Message message)
    {
        if (line.Held == message)
        {
            line.Held = null;
            line.Waiting.Insert(0, message);
            Next(line);
        }
    }

    private void Offer(Line line, Message message, int attempt, bool isFirst)
    {
        if (world.NextHost(ref hostTurn) is { } host)
        {
            if (message.Read(host.Now) is not { } received)
            {
                // It is about somebody else's room.
                Finished(line, message, attempt, isFirst, host, null);
                return;
            }

            host.Start(
                $"{message.Name}{(isFirst ? "" : " again")}",
                strand => host.PartsOf(strand).Intake.IngestAsync(received, CancellationToken.None).AsTask(),
                failure => Finished(line, message, attempt, isFirst, host, failure),
                () => Failed(line, message, attempt, isFirst));
        }
        else
        {
            Failed(line, message, attempt, isFirst);
        }
    }

    private void Finished(Line line, Message message, int attempt, bool isFirst, Host host, Exception? failure)
    {
        if (failure is JournalUnavailableException)
        {
            Failed(line, message, attempt, isFirst);
            return;
        }

        host.Unexpected(failure);
        if (message.Read(host.Now) is not null)
        {
            world.Witness.Delivered(message);
        }

        if (isFirst)
        {
            Answered(line);
        }
    }

    private void Failed(Line line, Message message, int attempt, bool isFirst)
    {
        if (!isFirst)
        {
            return;
        }

        if (attempt == Pauses.Length)
        {
            Answered(line);
            return;
        }

        world.After(
            Pauses[attempt], $"{message.Name} comes again ({attempt + 1})", [], _ => Offer(line, message, attempt + 1, isFirst: true));
    }

    private void Answered(Line line)
    {
        line.IsBusy = false;
        Next(line);
    }

    private sealed class Line
    {
        public List<Message> Waiting { get; } = [];

        public Message? Held { get; set; }

        public bool IsBusy { get; set; }

        public bool IsIdle => !IsBusy && Waiting.Count == 0 && Held is null;

        public ulong Print() => Waiting.Aggregate(Fingerprint.Of(Held?.Name) + (IsBusy ? 1UL : 0), (print, message) =>
            Fingerprint.Of(print, Fingerprint.Of(message.Name)));
    }
}

/// <summary>What somebody tells the gateway.</summary>
/// <param name="Id">Its delivery id.</param>
/// <param name="Name">Its name in scripts.</param>
/// <param name="Read">Reads it as the gateway does when it arrives; <c>null</c> where it is none of its business.</param>
internal sealed record Message(string Id, string Name, Func<DateTimeOffset, ReceivedEvent?> Read);
