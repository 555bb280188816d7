namespace VoiceFunctions.Core.Telemetry;

/// <summary>One metric. Dashboards and alerts depend on it.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Unit">Its unit in UCUM: seconds, or a word in braces for what is counted.</param>
/// <param name="Tags">Its tags, each with a small closed set of values; never personal data.</param>
/// <param name="Meaning">What one measurement means.</param>
public sealed record Metric(string Name, string Unit, IReadOnlyList<string> Tags, string Meaning);
