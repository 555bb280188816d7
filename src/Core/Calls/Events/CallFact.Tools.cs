using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.Events;

/// <content>The tools that agents use.</content>
public abstract partial record CallFact
{
    /// <summary>The gateway is about to ask a tool's backend. Whoever stores this asks, and nobody else does.</summary>
    /// <param name="ToolCall">The agent's id of this use of the tool.</param>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Attempt">How often it was begun, from 1: more than once only where a process died.</param>
    /// <param name="Mark">A few bits of the arguments' digest.</param>
    /// <param name="Until">Until when its answer may be stored; after that the process counts as dead.</param>
    public sealed record ToolBegun(string ToolCall, string Tool, int Attempt, string Mark, DateTimeOffset Until) : CallFact
    {
        /// <summary>The longest <see cref="Arguments"/> in characters; longer ones are not kept.</summary>
        public const int MaxArguments = 500;

        /// <summary>LiveKit's id of the agent's job.</summary>
        public string? Job { get; init; }

        /// <summary>The epoch of the dispatch that brought it.</summary>
        public int Epoch { get; init; }

        /// <summary>The arguments, only where the tool's configuration has them kept; personal data.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? Arguments { get; init; }

        internal override string InWords => $"agent {Epoch} uses {Tool}{(Attempt > 1 ? $", attempt {Attempt}" : "")}";

        internal override bool IsNote => true;

        internal override bool IsAside => true;
    }

    /// <summary>What came of a use of a tool; the first word counts.</summary>
    /// <param name="ToolCall">The agent's id of this use.</param>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Outcome">What came of it, a word of the tools' outcomes.</param>
    /// <param name="Seconds">How long the backend took.</param>
    public sealed record ToolAnswered(string ToolCall, string Tool, string Outcome, double Seconds) : CallFact
    {
        /// <summary>The backend's HTTP status; <c>null</c> where it gave none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Status { get; init; }

        /// <summary>The backend's answer, JSON, so that whoever asks again is told the same; may be personal.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? Result { get; init; }

        internal override string InWords => $"{Tool} came to {Outcome}";

        internal override bool IsNote => true;

        internal override bool IsAside => true;
    }
}
