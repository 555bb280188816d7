using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// What limits count, and a rival: somebody else's call on the same line, which takes a place where one is free and keeps it for a while.
/// </summary>
internal sealed class ModelLimits(CallWorld world)
{
    private static readonly string Rival = CallId.ForTwilio("CA00000000000000000000000000000009").Value;
    private static readonly string Places = $"places:{PlaceDesk.OfRoute(Route.DefaultName)}";

    private readonly Dictionary<string, (string Text, int Version)> texts = new(StringComparer.Ordinal);

    /// <summary>Whether the rival has a place by its own account.</summary>
    public bool RivalHolds { get; private set; }

    /// <summary>Whether the rival ever had one.</summary>
    public bool RivalHeld { get; private set; }

    /// <summary>Whether the list says that the rival has one.</summary>
    public bool ListsRival => TextOf(Places).Contains(Rival, StringComparison.Ordinal);

    /// <summary>Whether nobody has a place.</summary>
    public bool IsEmpty => TextOf(Places).Length == 0;

    public void Begin()
    {
        if (world.Scenario.RivalComes is not { } comes)
        {
            return;
        }

        world.After(
            TimeSpan.FromSeconds(comes),
            "a rival wants a place",
            [],
            _ =>
            {
                if (!IsEmpty)
                {
                    return;
                }

                RivalHolds = RivalHeld = true;
                Set(Places, $"{Rival}@{world.Schedule.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}");
                world.After(TimeSpan.FromSeconds(5), "the rival leaves", [], _ =>
                {
                    RivalHolds = false;
                    Set(Places, "");
                });
            },
            isMove: true);
    }

    public LimitText Read(string key) => texts.TryGetValue(key, out var stored)
        ? new LimitText(stored.Text, stored.Version.ToString(CultureInfo.InvariantCulture))
        : LimitText.None;

    public LimitText? Write(string key, string version, string text)
    {
        if (Read(key).Version != version)
        {
            return null;
        }

        Set(key, text);
        if (RivalHolds && !ListsRival)
        {
            world.Witness.Break("a place was taken from a call that goes on");
        }

        return Read(key);
    }

    public ulong Print()
    {
        var print = Fingerprint.Of(RivalHolds ? 1UL : 0, RivalHeld ? 1UL : 0);
        foreach (var (key, stored) in texts)
        {
            print += Fingerprint.Of(Fingerprint.Of(key), Fingerprint.Of(stored.Text), (ulong)stored.Version);
        }

        return print;
    }

    private string TextOf(string key) => texts.GetValueOrDefault(key).Text ?? "";

    private void Set(string key, string text) => texts[key] = (text, texts.GetValueOrDefault(key).Version + 1);
}
