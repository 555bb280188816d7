using System.CommandLine;
using System.CommandLine.Parsing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>Something on the command line that says in plain words which values it takes.</summary>
internal interface ITakesValues
{
    /// <summary>What it takes, as the end of "… takes".</summary>
    string Expected { get; }
}

/// <summary>An option with a value.</summary>
/// <typeparam name="T">What the value becomes.</typeparam>
internal sealed class ValueOption<T> : Option<T>, ITakesValues
{
    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="value">What stands for its value in the help.</param>
    /// <param name="expected">Which values it takes.</param>
    /// <param name="read">Reads a value; <c>null</c> where it is wrong.</param>
    public ValueOption(string name, string value, string expected, Func<string, object?> read)
        : base(name)
    {
        HelpName = value;
        Expected = expected;
        Arity = ArgumentArity.ExactlyOne;
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (read(text) is T found)
            {
                return found;
            }

            result.AddError($"{name} takes {expected}, and not '{text}'");
            return default;
        };
    }

    public string Expected { get; }
}

/// <summary>An argument with one value, or several.</summary>
/// <typeparam name="T">What all of it becomes.</typeparam>
internal sealed class ValueArgument<T> : Argument<T>, ITakesValues
{
    /// <param name="name">What stands for it in the help.</param>
    /// <param name="expected">Which values it takes.</param>
    public ValueArgument(string name, string expected)
        : base(name)
    {
        Expected = expected;
        Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => Refusal.LooksLikeOption(token.Value)) is { } unknown)
            {
                result.AddError($"{unknown.Value} is no {name}");
            }
        });
        Description = $"{char.ToUpperInvariant(expected[0])}{expected[1..]}";
    }

    public string Expected { get; }
}

/// <summary>Options without a value.</summary>
internal static class Flag
{
    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Of(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Whether it is there; also while other arguments are wrong.</summary>
    public static bool IsSet(SymbolResult result, Option<bool> flag) => result.GetResult(flag) is { Implicit: false };
}
