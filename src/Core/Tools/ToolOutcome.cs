namespace VoiceFunctions.Core.Tools;

/// <summary>What came of a tool call: the stable words of journal, record, answer and metric.</summary>
public static class ToolOutcome
{
    /// <summary>The backend did it and answered as its schema says.</summary>
    public const string Done = "done";

    /// <summary>The backend will not do it and says so (4xx), such as a time that is taken.</summary>
    public const string Refused = "refused";

    /// <summary>The backend failed, or would not talk to the gateway at all.</summary>
    public const string Failed = "failed";

    /// <summary>No answer came within the deadline. Whether the backend did it, nobody knows.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The backend could not be reached, or has failed so often that it was not asked.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The answer was no JSON, too large, or not as its schema says. The backend may have done it.</summary>
    public const string BadAnswer = "bad_answer";

    /// <summary>The process that asked died before it wrote down what came of it, and the tool must not be asked again.</summary>
    public const string Unknown = "unknown";
}
