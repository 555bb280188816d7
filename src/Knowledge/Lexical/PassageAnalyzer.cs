using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace VoiceFunctions.Knowledge.Lexical;

/// <summary>
/// Makes a text's words comparable: in lower case, without accents, each as it is and as its English and Arabic stem. English words that
/// say nothing are left out. Other languages are found by their words as they stand.
/// </summary>
internal sealed class PassageAnalyzer : Analyzer
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>
    /// Callers ask in sentences. Besides Lucene's own list: words of questions, pronouns and auxiliaries, which say nothing of the subject.
    /// </summary>
    private static readonly CharArraySet Fillers = new(
        Version,
        [
            .. StopAnalyzer.ENGLISH_STOP_WORDS_SET,
            "am", "any", "been", "being", "can", "can't", "could", "did", "do", "does", "doesn't", "don't", "had", "has", "have", "he",
            "her", "here", "him", "his", "how", "i", "i'd", "i'll", "i'm", "i've", "its", "me", "may", "might", "must", "my", "our", "ours",
            "shall", "she", "should", "some", "them", "those", "us", "was", "we", "we're", "were", "what", "what's", "when", "where",
            "which", "who", "whom", "whose", "why", "would", "you", "you're", "your", "yours",
        ],
        ignoreCase: false);

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
#pragma warning disable CA2000 // The last of them owns the one before, and the analyzer owns the last.
        var source = new StandardTokenizer(Version, reader);
        TokenStream words = new EnglishPossessiveFilter(Version, source);
        words = new LowerCaseFilter(Version, words);
        words = new StopFilter(Version, words, Fillers);
        words = new ArabicNormalizationFilter(words);
        words = new KeywordRepeatFilter(words);
        words = new ArabicStemFilter(words);
        words = new PorterStemFilter(words);
        words = new ASCIIFoldingFilter(words);
        return new TokenStreamComponents(source, new RemoveDuplicatesTokenFilter(words));
#pragma warning restore CA2000
    }
}
