using System.Collections.Frozen;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Routing.Queues;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>
/// Finds the route of a call. An entry for the called number goes before one for the called address, that before the longest prefix, that
/// before one that has only conditions, and that before the default. Among those for the same key more conditions go first, then the longer
/// prefix of the caller's number, then the place in the file.
/// </summary>
public sealed class RouteTable
{
    /// <summary>Of a call that no entry can be for, nothing needs to be read.</summary>
    private readonly bool readsNothing;
    private readonly bool readsCallers;
    private readonly NumberReader numbers;
    private readonly ILookup<string, RouteEntry> byNumber;
    private readonly ILookup<string, RouteEntry> byAddress;
    private readonly ILookup<string, RouteEntry> byPrefix;
    private readonly RouteEntry[] byConditions;
    private readonly IReadOnlyList<RouteEntry> entries;

    /// <param name="fallback">The default route.</param>
    /// <param name="entries">The entries in the file's order.</param>
    /// <param name="numbers">Reads numbers.</param>
    public RouteTable(Route fallback, IReadOnlyList<RouteEntry> entries, NumberReader numbers)
    {
        this.numbers = numbers;
        this.entries = entries;
        Default = fallback;
        HasRules = entries.Select(entry => entry.Route).Append(fallback).Any(route => route.Timeouts.Admission.Rules.Count > 0);
        readsNothing = entries.Count == 0;
        HasHours = entries.Select(entry => entry.Route).Append(fallback).Any(route => route.Hours is not null);
        Records = entries.Select(entry => entry.Route).Append(fallback).Any(route => route.Timeouts.Recording is not null);
        readsCallers = entries.Any(entry => entry.From.Count > 0);
        byNumber = By(entry => entry.Number);
        byAddress = By(entry => entry.Address);
        byPrefix = By(entry => entry.Prefix);
        byConditions = [.. entries.Where(entry => entry is { Number: null, Address: null, Prefix: null })];
        Owners = entries.Select(entry => entry.Route.Tenant).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        TrunkIds = entries.Select(entry => entry.Trunk).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        RuleIds = entries.Select(entry => entry.Rule).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

        ILookup<string, RouteEntry> By(Func<RouteEntry, string?> key) =>
            entries.Where(entry => key(entry) is not null).ToLookup(entry => key(entry)!, StringComparer.Ordinal);
    }

    /// <summary>A table with one route for every call.</summary>
    public RouteTable(Route route)
        : this(route, [], NumberReader.International)
    {
    }

    /// <summary>The route of every call that no entry is for.</summary>
    public Route Default { get; }

    /// <summary>The humans who take handoffs, by the names of their queues.</summary>
    public IReadOnlyDictionary<string, QueuedHumans> Queues { get; init; } = new Dictionary<string, QueuedHumans>();

    /// <summary>The tenants that have routes of their own.</summary>
    public FrozenSet<string> Owners { get; }

    /// <summary>The queue of a name to which a tenant's calls may be handed; <c>null</c> where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tenant">Whose the call is; <c>null</c> where it is nobody's.</param>
    public QueuedHumans? QueueOf(string name, string? tenant) =>
        Queues.GetValueOrDefault(name) is { } queue && (queue.Tenant is null || queue.Tenant == (tenant ?? Tenants.Only)) ? queue : null;

    /// <summary>The trunks that entries name (<c>ST_…</c>).</summary>
    public FrozenSet<string> TrunkIds { get; }

    /// <summary>The dispatch rules that entries name (<c>SDR_…</c>).</summary>
    public FrozenSet<string> RuleIds { get; }

    /// <summary>The names of the agents of all routes, reserves among them; the default's first.</summary>
    public IReadOnlyList<string> AgentNames =>
    [
        .. entries.Select(entry => entry.Route).Prepend(Default)
            .SelectMany(route => (string?[])[route.Agent.Name, route.Reserve?.Name])
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether a route has hours, so that the time at which a call began decides about its route.</summary>
    public bool HasHours { get; }

    /// <summary>Whether a route has its calls recorded, so that there must be a place for the files.</summary>
    public bool Records { get; }

    /// <summary>Whether a route has rules for callers.</summary>
    public bool HasRules { get; }

    /// <summary>Whether what was decided when a call came decides about its route.</summary>
    public bool Screens => HasRules
        || Tenants.LimitsCalls
        || entries.Select(entry => entry.Route).Append(Default).Any(route => route.Timeouts.Admission.HasPlaces);

    /// <summary>How many calls each tenant may have at one time.</summary>
    public TenantPlaces Tenants { get; init; } = TenantPlaces.Any;

    /// <summary>The same routes for tenants that may have so many calls.</summary>
    public RouteTable For(TenantPlaces tenants) => new(Default, entries, numbers) { Queues = Queues, Tenants = tenants };

    /// <summary>The number that an address says, in E.164; <c>null</c> where it says none for certain.</summary>
    public string? NumberOf(string? address) => CallerAddress.Parse(address, numbers).NamedNumber?.E164;

    /// <summary>Whether an entry is for calls to a number, so that it is one of our own.</summary>
    /// <param name="e164">The number in E.164.</param>
    public bool IsOwn(string e164) => byNumber.Contains(e164);

    /// <summary>
    /// Whether a tenant may not call from a number: a caller of that number would come by another tenant's route.
    /// </summary>
    /// <param name="query">The call that the tenant asks for.</param>
    public bool IsForeign(RouteQuery query) =>
        query.Tenant is { } tenant && Find(query with { Tenant = null }).Tenant is { } owner && owner != tenant;

    /// <summary>
    /// An event with the tenant whose route it came by, where it makes a call of one that came by phone: it is written down with the
    /// event, so that nobody's calls become another's where the routes change.
    /// </summary>
    public CallEvent Owned(CallId callId, CallEvent callEvent) =>
        Owners.Count > 0 && callEvent is { Tenant: null, Fact: { MakesCall: true, IsByPhone: true } }
            ? callEvent with { Tenant = Find(RouteQuery.Of(new CallState(callId).Apply(callEvent))).Tenant }
            : callEvent;

    /// <summary>
    /// The route of a call, with the agent that was asked for. An address that cannot be read as a number for certain matches no number and
    /// no prefix.
    /// </summary>
    public Route Find(RouteQuery query)
    {
        var route = readsNothing ? Default : Match(query)?.Route ?? Default;
        route = query.At is { } began ? route.At(began) : route;
        if (Tenants.LimitsCalls)
        {
            route = route with
            {
                Timeouts = route.Timeouts with { Admission = Tenants.Of(route.Timeouts.Admission, query.Tenant ?? route.Tenant) },
            };
        }

        return route.Under(query.Screening).For(query);
    }

    private RouteEntry? Match(RouteQuery query)
    {
        var called = query.Called is null ? default : AddressText.Of(query.Called);
        var number = CallerAddress.Parse(query.Called, numbers).NamedNumber?.E164 ?? OwnNumber(called.User);
        var caller = readsCallers ? CallerAddress.Parse(query.Caller, numbers).NamedNumber?.E164 : null;
        return (number is null ? null : Best(byNumber[number]))
            ?? (query.Called is null ? null : called.Names.Select(name => Best(byAddress[name])).FirstOrDefault(best => best is not null))
            ?? (number is null ? null : BestPrefix(number))
            ?? Best(byConditions);

        RouteEntry? BestPrefix(string e164) => Enumerable.Range(0, e164.Length)
            .Select(shorter => Best(byPrefix[e164[..^shorter]]))
            .FirstOrDefault(best => best is not null);

        RouteEntry? Best(IEnumerable<RouteEntry> entries) => entries
            .Select(entry => (Entry: entry, Fit: entry.Fit(query, caller)))
            .Where(fitting => fitting.Fit is not null)
            .OrderByDescending(fitting => fitting.Fit)
            .FirstOrDefault().Entry;
    }

    /// <summary>
    /// Some trunks send E.164 without the plus. Digits alone say no country; but where they are all the digits of a number that has an
    /// entry of its own, they are that number.
    /// </summary>
    private string? OwnNumber(string? user) =>
        user is not null && NumberReader.AreDigits(user) && byNumber.Contains($"+{user}") ? $"+{user}" : null;
}
