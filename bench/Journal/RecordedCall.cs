using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Bench;

/// <summary>A simulated call as the journal on Azurite stored it: its events, and what each of its steps wrote.</summary>
internal sealed class RecordedCall
{
    private readonly Dictionary<string, CallEvent> events = [];

    public RecordedCall(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        CallId = CallId.TryParse(file.RootElement.GetProperty("callId").GetString(), out var callId) ? callId : throw new InvalidOperationException("No call.");
        var steps = new List<JournalCommit>();
        foreach (var row in file.RootElement.GetProperty("rows").EnumerateArray())
        {
            var key = row.GetProperty("key").GetString()!;
            var data = row.GetProperty("columns").TryGetProperty(JournalRowKeys.DataColumn, out var json) ? json.GetString()! : "";
            if (key.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal))
            {
                events.Add(key, JsonSerializer.Deserialize(data, JournalJson.Default.CallEvent)!);
            }
            else if (key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal))
            {
                steps.Add(JsonSerializer.Deserialize(data, JournalJson.Default.JournalCommit)!);
            }
            else if (key == JournalRowKeys.Header)
            {
                Record = JsonSerializer.Deserialize(data, JournalJson.Default.CallDetailRecord)!;
            }
        }

        Steps = [.. steps.Select(step => new RecordedStep(step, [.. EventsOf(step, inferred: false)], ChangeOf(step)))];
    }

    public CallId CallId { get; }

    public CallDetailRecord Record { get; } = null!;

    public IReadOnlyCollection<CallEvent> Events => events.Values;

    public IReadOnlyList<RecordedStep> Steps { get; }

    private IEnumerable<CallEvent> EventsOf(JournalCommit step, bool inferred) =>
        step.Rows.Keys.Where(events.ContainsKey).Select(key => events[key]).Where(e => e.Inferred == inferred);

    private JournalChange ChangeOf(JournalCommit step) => new(step.Claims, Record) { Events = [.. EventsOf(step, inferred: true)], Decision = step.Decision };
}
