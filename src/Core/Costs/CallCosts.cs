using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Costs;

/// <summary>Computes what a call cost from its stored rows, and from nothing else but prices and time.</summary>
public static class CallCosts
{
    /// <summary>The cost sheet of a call; <c>null</c> where the rows are of no call, or hold what no gateway writes.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="rows">Everything that is stored of it.</param>
    /// <param name="prices">The prices.</param>
    /// <param name="routes">Tell how long the room may stay after the end.</param>
    /// <param name="now">What time it is.</param>
    public static CostSheet? Of(
        CallId callId, IReadOnlyList<StoredRow> rows, PriceList prices, RouteTable routes, DateTimeOffset now)
    {
        try
        {
            return new AuditTrail(callId, rows) is { Now.IsCall: true } trail ? Of(trail, prices, routes, now) : null;
        }
        catch (Exception nonsense) when (AuditTrail.IsNonsense(nonsense))
        {
            return null;
        }
    }

    /// <summary>The cost sheet of a call whose rows were read back.</summary>
    internal static CostSheet Of(AuditTrail trail, PriceList prices, RouteTable routes, DateTimeOffset now)
    {
        var state = trail.Now;
        var until = trail.IsUnderWay ? now : state.Claims.Values.Select(claim => claim.At).Append(state.LastEventAt).Max();
        var times = new CallTimes(state, until);
        var work = new OwnWork(trail);
        var ghost = CallWaste.GhostRoom(state, until);
        var uses = MeteredUse.Of(state, trail.Events.Select(read => read.Event), times, until).ToList();
        CostLine[] lines =
        [
            .. uses.GroupBy(use => use.Price)
                .Select(alike => Line(prices[alike.Key], alike.Sum(use => use.Minutes), alike.Any(use => use.IsDerived))),
            Line(prices[PriceName.Execution], work.Executions, isDerived: true),
            Line(prices[PriceName.GbSecond], work.GbSeconds, isDerived: true),
            Line(prices[PriceName.TableRequest], work.TableRequests, isDerived: true),
            Line(prices[PriceName.DurableRequest], work.HubRequests, isDerived: true),
        ];
        return new CostSheet(trail.CallId.Value, until, state.End is not null && !state.RoomMayLive)
        {
            Durations = times.SideBySide,
            Disagreements = Disagreements.Of(state, times, routes.Find(RouteQuery.Of(state)).Timeouts.RoomGrace, ghost, now),
            Waste = [.. WasteOf(state, uses, ghost, prices, until)],
            Work = work.Counts,
            Lines = lines,
            MicroDollars = lines.Sum(line => line.MicroDollars ?? 0),
            Unpriced = [.. lines.Where(line => line.MicroDollars is null && line.Quantity > 0).Select(line => line.Price)],
            PricesOf = prices.Date,
            Prices = [.. lines.Select(line => prices[line.Price])],
        };
    }

    private static CostLine Line(Price price, long quantity, bool isDerived) =>
        new(price.Name, quantity, price.Unit, isDerived) { MicroDollars = price.Of(quantity) };

    private static IEnumerable<WasteLine> WasteOf(
        CallState state, List<MeteredUse> uses, TimeSpan ghost, PriceList prices, DateTimeOffset until)
    {
        if (CallSilence.Total(state) is { } silence)
        {
            yield return Time("silence", silence, null, "the caller was in the room and heard nobody");
        }

        var agent = prices[PriceName.LiveKitAgent];
        yield return Time("surplus_agents", CallWaste.SurplusAgents(state, until), agent, "a voice agent was there beside another one");
        yield return Time("agents_alone", CallWaste.AgentsAlone(state, until), agent, "agents stayed after the last person had left");
        yield return Time(
            "ghost_room",
            ghost,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the room lived on after its last person had left: {Math.Ceiling(ghost.TotalMinutes)} ghost-room minutes"));
        yield return Count("redials", state.DialAttempts.Count - 1, "the phone was called again");
        yield return Count("agents_sent_again", state.Dispatches.Count() - 1, "another agent was sent");
        var lost = uses.Select(use => (Price: prices[use.Price], Seconds: (use.Minutes * 60) - use.Seconds)).ToList();
        yield return Time(
            "rounding", TimeSpan.FromSeconds(lost.Sum(use => use.Seconds)), null, "each use was billed as whole minutes") with
        {
            MicroDollars = lost.Sum(use => Part(use.Price, TimeSpan.FromSeconds(use.Seconds))),
        };
    }

    private static WasteLine Time(string name, TimeSpan time, Price? price, string text) =>
        new(name, CallTimes.Seconds(time)!.Value, "s", text) { MicroDollars = price is null ? null : Part(price, time) };

    private static WasteLine Count(string name, int count, string text) => new(name, Math.Max(0, count), "times", text);

    /// <summary>What a part of some minutes costs.</summary>
    private static long? Part(Price minute, TimeSpan time) => minute.OfParts((long)time.TotalMilliseconds, 60_000);
}
