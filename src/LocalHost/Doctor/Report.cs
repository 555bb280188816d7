using System.Text.Json.Nodes;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Doctor.Requests;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What was found, for people and for machines.</summary>
internal static class Report
{
    private const string Indent = "        ";

    /// <summary>Tells one finding: on a terminal in columns, elsewhere as lines.</summary>
    public static void Tell(Examined examined, CommandConsole console)
    {
        if (console.OutputColumns is null)
        {
            console.Tell(Lines(examined));
            return;
        }

        var (id, finding) = examined;
        var mended = examined.Mended is { } offer ? $"\nmended: {offer}" : "";
        var change = finding.Change is { } what ? $"\n→ {what}" : "";
        var line = new Listing(new("", 8), new("", 18), new("")) { IsBare = true };
        line.Add(
            new(Word(finding.Kind), ToneOf(finding.Kind)),
            id,
            new($"{finding.Found}{mended}{change}", finding.Kind == FindingKind.Skipped ? Tone.Quiet : Tone.Plain));
        console.Tell(line);
    }

    /// <summary>How the whole of it is meant.</summary>
    public static Tone ToneOf(IReadOnlyList<Examined> all) => ToneOf(
        Count(all, FindingKind.Fail) > 0 ? FindingKind.Fail : Count(all, FindingKind.Warn) > 0 ? FindingKind.Warn : FindingKind.Ok);

    /// <summary>What it comes to.</summary>
    public static string Summary(IReadOnlyList<Examined> all)
    {
        var (fails, warns) = (Count(all, FindingKind.Fail), Count(all, FindingKind.Warn));
        return fails > 0 ? $"{fails} of {all.Count} fail; begin with {all.First(one => one.Finding.Kind == FindingKind.Fail).Id}"
            : warns > 0 ? $"nothing fails; {warns} could be better"
            : "all is well: dial";
    }

    /// <summary>The same as JSON.</summary>
    public static JsonObject Json(IReadOnlyList<Examined> all) => new()
    {
        ["ok"] = Count(all, FindingKind.Fail) == 0,
        ["fails"] = Count(all, FindingKind.Fail),
        ["warns"] = Count(all, FindingKind.Warn),
        ["checks"] = JsonText.Array(all, one => new JsonObject
        {
            ["id"] = one.Id,
            ["kind"] = Word(one.Finding.Kind),
            ["found"] = one.Finding.Found,
            ["change"] = one.Finding.Change,
            ["mended"] = one.Mended,
        }),
    };

    /// <summary>Why a request is refused.</summary>
    public static string Lines(RequestDiagnosis diagnosis) =>
        $"{(diagnosis.IsAccepted ? "accepted" : "refused")}  {diagnosis.Sender}: {diagnosis.Cause}\n"
            + $"{Indent}{diagnosis.Sentence}\n{Indent}→ {diagnosis.Change}";

    /// <summary>The same as JSON.</summary>
    public static JsonObject Json(RequestDiagnosis diagnosis) => new()
    {
        ["accepted"] = diagnosis.IsAccepted,
        ["sender"] = diagnosis.Sender,
        ["cause"] = diagnosis.Cause,
        ["sentence"] = diagnosis.Sentence,
        ["change"] = diagnosis.Change,
    };

    private static int Count(IReadOnlyList<Examined> all, FindingKind kind) => all.Count(one => one.Finding.Kind == kind);

    private static string Lines(Examined examined)
    {
        var (id, finding) = examined;
        var mended = examined.Mended is { } offer ? $"\n{Indent}mended: {offer}" : "";
        var change = finding.Change is { } what ? $"\n{Indent}→ {what}" : "";
        return $"{Word(finding.Kind),-8}{id,-18}{finding.Found}{mended}{change}";
    }

    private static Tone ToneOf(FindingKind kind) => kind switch
    {
        FindingKind.Ok => Tone.Good,
        FindingKind.Warn => Tone.Doubtful,
        FindingKind.Fail => Tone.Bad,
        _ => Tone.Quiet,
    };

    private static string Word(FindingKind kind) => kind switch
    {
        FindingKind.Ok => "ok",
        FindingKind.Warn => "warn",
        FindingKind.Fail => "fail",
        _ => "skipped",
    };
}
