namespace VoiceFunctions.Core.Fuzzing;

/// <summary>A parser of what strangers send, and what it promises of every input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seeds">Inputs to begin with, most of them good ones.</param>
/// <param name="Words">Pieces that its grammar knows, which chance alone would not find.</param>
/// <param name="Check">
/// Gives an input to the parser and fails unless every promise is kept. The answer names what came of it, such as a refusal's reason: an
/// input with a new one is kept to be changed further.
/// </param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words, Func<byte[], string> Check)
{
    /// <summary>How many bytes it may allocate for each byte of an input, beside <see cref="Base"/>.</summary>
    public int BytesPerByte { get; init; } = 200;

    /// <summary>What it may allocate whatever the input.</summary>
    public int Base { get; init; } = 256 * 1024;

    public override string ToString() => Name;
}
