using System.Globalization;
using Azure.Data.Tables;
using VoiceFunctions.Bench;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Storage;

// What the hash seals cost: the rows of a recorded call with and without them, in one run. No store is asked: this is what the process itself does, and what it would store.
//   dotnet run -c Release --project bench/Journal [SECONDS]
var seconds = args is [var text] && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) ? given : 1;
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "VoiceFunctions.sln")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run it inside the repository.");
}

var call = new RecordedCall(Path.Combine(root, "tests", "LocalHost.Tests", "Stories", "sealed-call.json"));
var (withSeals, plain) = (new SealedRows(call), new PlainRows(call));
var events = call.Events.ToList();
var joined = events.First(e => e.Raw is null && e.Fact is CallFact.LegJoined);
var noted = events.MaxBy(e => e.Raw?.Length ?? 0)!;
var step = call.Steps.MaxBy(recorded => recorded.Seen.Count)!;
List<TableEntity> rows = [.. Call.Write(withSeals, call.Steps).Where(row => string.CompareOrdinal(row.RowKey, JournalRowKeys.Proof) < 0).GroupBy(row => row.RowKey).Select(group => group.Last())];
rows.ForEach(row => row["odata.etag"] = Call.ETag);
var read = StoryVersion.Of(rows) with { Unsealed = [.. step.Seen.Select(withSeals.Append).Select(CallRows.Seal)] };

Measure.Header();
Compare("webhook appended: an agent's joining", () => plain.Append(joined), () => withSeals.Append(joined));
Compare("webhook appended: the longest", () => plain.Append(noted), () => withSeals.Append(noted));
Compare($"read of {events.Count} events", () => plain.Read(rows), () => withSeals.Read(rows));
Compare($"commit that first sees {step.Seen.Count} events", () => plain.Commit(step), () => withSeals.Commit(step, read));

Console.WriteLine($"{Environment.NewLine}{"bytes",-40}{"plain",10}{"sealed",10}{"ratio",8}");
foreach (var times in (int[])[1, 6, 60])
{
    var steps = Enumerable.Range(0, times).SelectMany(round => call.Steps.Select(recorded => Renamed(recorded, round))).ToList();
    List<TableEntity> without = [.. Call.Write(new PlainRows(call), steps)];
    List<TableEntity> with = [.. Call.Write(new SealedRows(call), steps)];
    var name = $"{steps.Sum(one => one.Seen.Count + one.Change.Events.Count)} events, {steps.Count} steps:";
    Print($"{name} stored", Stored(without), Stored(with));
    Print($"{name} written", without.Sum(Call.SizeOf), with.Sum(Call.SizeOf));
    Print($"{name} last header", Header(without), Header(with));
}

void Compare(string name, Action without, Action with)
{
    var basis = Measure.Run($"{name}, plain", seconds, 1, without);
    Measure.Run($"{name}, sealed", seconds, basis, with);
}

static RecordedStep Renamed(RecordedStep recorded, int round)
{
    CallEvent Named(CallEvent callEvent) => round == 0 ? callEvent : callEvent with { Id = $"{callEvent.Id}{round}" };
    return recorded with { Seen = [.. recorded.Seen.Select(Named)], Change = recorded.Change with { Events = [.. recorded.Change.Events.Select(Named)] } };
}

static long Stored(List<TableEntity> rows) => rows.GroupBy(row => row.RowKey).Sum(group => Call.SizeOf(group.Last()));

static long Header(List<TableEntity> rows) => Call.SizeOf(rows.Last(row => row.RowKey == JournalRowKeys.Header));

static void Print(string name, long plain, long sealedBytes) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{plain,10}{sealedBytes,10}{(double)sealedBytes / plain,8:0.00}"));
