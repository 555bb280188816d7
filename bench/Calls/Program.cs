using System.Globalization;
using VoiceFunctions.Bench.Calls;

// What calls cost the gateway in its own process, without a network, on one thread: whole calls, a sweep over calls that are held, and
// calls that nobody joins.
//   dotnet run -c Release --project bench/Calls [CALLS [ROUNDS]]
var calls = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
var second = TimeSpan.FromSeconds(1);
var next = 0;

Print("whole call", Enumerable.Range(0, rounds).Select(_ => WholeCalls()));
Print("held call, one sweep", Enumerable.Range(0, 3).Select(_ => HeldCalls(10 * calls)));
Print("call that nobody joins", Enumerable.Range(0, 3).Select(_ => Strangers(4 * calls)));

string WholeCalls()
{
    var before = GC.GetTotalMemory(forceFullCollection: true);
    using var stage = new Stage();
    PlainCall[] all = [.. NewCalls(calls)];
    foreach (var call in all)
    {
        stage.Send(call.Voice());
    }

    for (var step = 0; step < all[0].Answered().Count; step++)
    {
        SendAll(stage, all, call => call.Answered()[step]);
    }

    for (var step = 0; step < all[0].HungUp().Count; step++)
    {
        SendAll(stage, all, call => call.HungUp()[step]);
    }

    for (var waited = 0; stage.Running > 0 && waited < 600; waited++)
    {
        stage.Pass(second);
    }

    var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / calls;
    return Line(stage, stage.Spent, calls) + string.Create(CultureInfo.InvariantCulture, $", {kept:0.0} KB kept");
}

string HeldCalls(int held)
{
    var before = GC.GetTotalMemory(forceFullCollection: true);
    using var stage = new Stage();
    PlainCall[] all = [.. NewCalls(held)];
    foreach (var call in all)
    {
        stage.Send(call.Voice());
        foreach (var step in call.Answered())
        {
            stage.Send(step(stage.Clock.GetUtcNow()));
        }
    }

    var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / held;
    stage.Pass(second);
    var spent = stage.Spent;
    stage.Sweep();
    return Line(stage, stage.Spent - spent, held) + string.Create(CultureInfo.InvariantCulture, $", {kept:0.0} KB kept");
}

string Strangers(int strangers)
{
    using var stage = new Stage();
    foreach (var call in NewCalls(strangers))
    {
        stage.Send(call.Voice());
    }

    for (var waited = 0; stage.Running > 0 && waited < 600; waited++)
    {
        stage.Pass(second);
    }

    return Line(stage, stage.Spent, strangers);
}

void SendAll(Stage stage, PlainCall[] all, Func<PlainCall, Func<DateTimeOffset, VoiceFunctions.Core.Http.GatewayRequest>> step)
{
    stage.Pass(second);
    foreach (var call in all)
    {
        stage.Send(step(call)(stage.Clock.GetUtcNow()));
    }
}

IEnumerable<PlainCall> NewCalls(int count) => Enumerable.Range(0, count).Select(_ => new PlainCall(next++));

static string Line(Stage stage, Cost cost, int calls)
{
    var journal = stage.Journal;
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{cost.Time.TotalMicroseconds / calls,8:0.0} µs, {cost.Bytes / 1024.0 / calls,7:0.0} KB, "
        + $"{(double)journal.Appends / calls:0.0} events, {(double)journal.Reads / calls:0.0} reads, "
        + $"{(double)journal.Commits / calls:0.0} commits, "
        + $"{(double)stage.LiveKit.Requests / calls:0.00} requests to LiveKit, {(double)stage.Published / calls:0.0} published, "
        + $"{stage.Running} workflows left");
}

// The fastest round: the machine's noise touched it least.
static void Print(string what, IEnumerable<string> rounds) => Console.WriteLine($"{what,-24}{rounds.Min(StringComparer.Ordinal)}");
