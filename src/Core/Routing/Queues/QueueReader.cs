using System.Text.RegularExpressions;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing.Queues;

/// <summary>Reads and checks the routes' <c>queues</c>.</summary>
internal static partial class QueueReader
{
    private const string InOrder = "in-order";
    private const string RoundRobin = "round-robin";

    /// <summary>The queues by their names.</summary>
    /// <param name="queues">What the file has; <c>null</c> for none.</param>
    /// <param name="called">Which numbers are those of routes, with their places: a call to one would come back here.</param>
    /// <param name="errors">Receives the errors.</param>
    public static Dictionary<string, QueuedHumans> Read(
        IReadOnlyDictionary<string, QueueJson?>? queues, IReadOnlyDictionary<PhoneNumber, int> called, ICollection<string> errors)
    {
        var read = new Dictionary<string, QueuedHumans>(StringComparer.Ordinal);
        foreach (var (name, json) in queues ?? new Dictionary<string, QueueJson?>())
        {
            var where = $"queues.{name}";
            if (!NamePattern().IsMatch(name))
            {
                errors.Add("queues: a name must be 1 to 64 letters, digits, \"_\" or \"-\"");
                continue;
            }

            read[name] = Read(name, json ?? new QueueJson(), where, called, errors);
        }

        return read;
    }

    private static QueuedHumans Read(
        string name, QueueJson json, string where, IReadOnlyDictionary<PhoneNumber, int> called, ICollection<string> errors)
    {
        if (json.Members is null or { Count: 0 or > QueuedHumans.MaxMembers })
        {
            errors.Add($"{where}.members: must be 1 to {QueuedHumans.MaxMembers} numbers");
        }

        var members = new List<PhoneNumber>();
        foreach (var (index, text) in (json.Members ?? []).Index())
        {
            if (!PhoneNumber.TryParse(text, out var member))
            {
                errors.Add($"{where}.members[{index}]: must be a number in E.164, such as +15550100123");
            }
            else if (members.Contains(member))
            {
                errors.Add($"{where}.members[{index}]: occurs twice");
            }
            else if (called.TryGetValue(member, out var route))
            {
                errors.Add($"{where}.members[{index}]: calls the number of routes[{route}], and the call would come back here");
            }
            else
            {
                members.Add(member);
            }
        }

        if (json.Order is not (null or InOrder or RoundRobin))
        {
            errors.Add($"{where}.order: must be {InOrder} or {RoundRobin}");
        }

        if (json.RingSeconds is < 5 or > 600)
        {
            errors.Add($"{where}.ringSeconds: must be from 5 to 600");
        }

        return new QueuedHumans(name, members)
        {
            RingTime = json.RingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : QueuedHumans.DefaultRingTime,
            Tenant = json.Tenant,
            IsRoundRobin = json.Order == RoundRobin,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();
}
