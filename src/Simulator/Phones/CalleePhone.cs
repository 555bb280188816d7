using VoiceFunctions.Simulator.LiveKit.Rooms;

namespace VoiceFunctions.Simulator.Phones;

/// <summary>A phone that the gateway called for a call of its own, one time that it rang.</summary>
/// <param name="roomName">The room into which it was called.</param>
/// <param name="rangAt">When it began to ring.</param>
public sealed class CalleePhone(string roomName, DateTimeOffset rangAt)
{
    /// <summary>The room into which it was called.</summary>
    public string RoomName => roomName;

    /// <summary>When it began to ring.</summary>
    public DateTimeOffset RangAt => rangAt;

    /// <summary>When somebody, or something, picked up; <c>null</c> where nobody did.</summary>
    public DateTimeOffset? AnsweredAt { get; internal set; }

    /// <summary>When it was over; <c>null</c> while it is not.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Whether whoever picked up hung up.</summary>
    public bool HungUp { get; internal set; }

    internal Ear Ear { get; } = new();

    /// <summary>What was heard there.</summary>
    public CallerExperience Experience()
    {
        var end = EndedAt ?? DateTimeOffset.MaxValue;
        List<Heard> heard = [new Heard.Ringing((AnsweredAt ?? end) - rangAt)];
        if (AnsweredAt is { } from)
        {
            foreach (var sound in Ear.Sounds.Where(sound => sound.Voice is Voice.Agent or Voice.Human))
            {
                var (begin, until) = (sound.From > from ? sound.From : from, sound.Until ?? end);
                heard.Add(new Heard.Silence(begin - from));
                heard.Add(sound.Voice == Voice.Human ? new Heard.Human(until - begin) : new Heard.Agent(until - begin));
                from = until;
            }

            heard.Add(new Heard.Silence(end - from));
        }

        return new CallerExperience(
            [.. heard.Where(span => span.For > TimeSpan.Zero)],
            HungUp ? CallEnd.CallerHungUp : AnsweredAt is null ? CallEnd.Refused : CallEnd.OtherSideHungUp)
        {
            Rooms = [roomName],
        };
    }
}
