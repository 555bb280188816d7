using FsCheck;
using FsCheck.Fluent;

namespace VoiceFunctions.Core.Knowledge;

public sealed class PassageCutterTests
{
    [Fact]
    public void A_short_text_is_one_passage_without_the_blanks_around_it() =>
        Assert.Equal(["Hello there."], PassageCutter.Cut("\n  Hello there. \t"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void A_blank_text_has_no_passage(string text) => Assert.Empty(PassageCutter.Cut(text));

    [Fact]
    public void A_long_text_is_cut_at_the_end_of_a_paragraph_before_the_end_of_a_sentence_before_a_blank()
    {
        var start = Words(700);
        var more = Words(300);

        Assert.Equal([start, $"{more}. {more}. {more}"], PassageCutter.Cut($"{start}\n \n{more}. {more}. {more}"));
        Assert.Equal($"{start}.", PassageCutter.Cut($"{start}. {Words(900)}")[0]);
        Assert.Equal([new string('a', 1190), new string('b', 100)], PassageCutter.Cut($"{new string('a', 1190)} {new string('b', 100)}"));
    }

    [Fact]
    public void A_paragraph_that_ends_early_is_no_place_for_a_cut()
    {
        var passages = PassageCutter.Cut($"Title\n\n{Words(1000)}. {Words(1000)}");

        Assert.StartsWith("Title\n\nword", passages[0], StringComparison.Ordinal);
        Assert.InRange(passages[0].Length, 900, PassageCutter.MaxLength);
    }

    [Fact]
    public void Without_any_blank_it_is_cut_where_it_ends_and_never_within_a_character()
    {
        var passages = PassageCutter.Cut("x" + string.Concat(Enumerable.Repeat("😀", 2000)));

        Assert.All(passages, passage => Assert.False(char.IsHighSurrogate(passage[^1])));
        Assert.All(passages.SkipLast(1), passage => Assert.InRange(passage.Length, 1199, 1200));
        Assert.Equal(4001, passages.Sum(passage => passage.Length));
    }

    [Fact]
    public void Chinese_sentences_end_without_a_blank()
    {
        var text = string.Concat(Enumerable.Repeat(new string('字', 99) + "。", 13));

        Assert.Equal(1200, PassageCutter.Cut(text)[0].Length);
        Assert.Equal(1100, PassageCutter.Cut("x" + text)[0].Length - 1);
    }

    [Fact]
    public void Whatever_the_text_is_nothing_of_it_is_lost_or_said_twice_and_no_passage_is_too_long()
    {
        var piece = Gen.Elements("word", " ", "  ", "\n", "\n\n", ". ", "! ", "。", "😀", new string('y', 500), new string('z', 1300));
        var texts = piece.ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();

        Prop.ForAll(texts, text =>
        {
            var passages = PassageCutter.Cut(text);
            return passages.All(passage => passage.Length is > 0 and <= PassageCutter.MaxLength && passage.Trim() == passage)
                && Visible(string.Concat(passages)) == Visible(text);
        }).QuickCheckThrowOnFailure();
    }

    private static string Visible(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static string Words(int length) => string.Concat(Enumerable.Repeat("word ", length / 5)).Trim();
}
