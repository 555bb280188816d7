using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

public sealed class ToolFileTests
{
    [Fact]
    public void What_a_tool_leaves_out_comes_from_its_backend()
    {
        var table = Read("""
            {"backends":[{"tenant":"golf","url":"https://golf.example/api/","headers":{"X-Key":"k"},"deadlineSeconds":2.5,
              "signingSecret":"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","speakableError":"Sorry.",
              "tools":[{"name":"book","mayRetry":true},
                {"name":"search","path":"tee-times/search","deadlineSeconds":1,"speakableError":"No times."},
                {"name":"cancel","url":"http://127.0.0.1:8080/cancel","keepArguments":true}]}]}
            """);

        var (book, search, cancel) = (table.All[0], table.All[1], table.All[2]);
        Assert.Equal("https://golf.example/api/book", book.Url.AbsoluteUri);
        Assert.Equal((TimeSpan.FromSeconds(2.5), "Sorry.", "k"), (book.Deadline, book.SpeakableError, book.Headers["X-Key"]));
        Assert.Equal((true, false, 24), (book.MayRetry, book.KeepsArguments, book.SigningKey!.Value.Length));
        Assert.Equal("https://golf.example/api/tee-times/search", search.Url.AbsoluteUri);
        Assert.Equal((TimeSpan.FromSeconds(1), "No times.", false), (search.Deadline, search.SpeakableError, search.MayRetry));
        Assert.Equal(("http://127.0.0.1:8080/cancel", true), (cancel.Url.AbsoluteUri, cancel.KeepsArguments));
    }

    [Fact]
    public void A_tool_is_found_for_its_tenant_and_else_among_those_of_every_call()
    {
        var table = Read("""
            {"backends":[{"url":"https://all.example","tools":[{"name":"time"},{"name":"book"}]},
              {"tenant":"golf","url":"https://golf.example","tools":[{"name":"book"}]}]}
            """);

        Assert.Equal("https://golf.example/book", table.Find("golf", "book")!.Url.AbsoluteUri);
        Assert.Equal("https://all.example/book", table.Find("tennis", "book")!.Url.AbsoluteUri);
        Assert.Equal("https://all.example/book", table.Find(null, "book")!.Url.AbsoluteUri);
        Assert.NotNull(table.Find("golf", "time"));
        Assert.Null(table.Find("golf", "Book"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_by_its_place_and_nothing_by_its_value()
    {
        List<string> errors = [];

        Assert.Null(ToolFile.Parse(
            """
            {"backends":[{"tenant":"no tenant!","url":"http://golf.example","headers":{"Content-Type":"hunter2"},"signingSecret":"hunter2",
              "deadlineSeconds":0,"speakableError":"","tools":[
                {"name":"with blank","path":"../etc","mayRetry":"yes","arguments":7,"answer":{"bad":true},"color":"red"},
                {"url":"https://user@golf.example/x?y=hunter2","keepArguments":1}],"tool":1},{"url":"ftp://golf.example"}],"more":1}
            """,
            errors,
            schema => schema.TryGetProperty("bad", out _) ? "is no JSON schema" : null));

        Assert.Equal(
            [
                "tools: backends[0].tenant must be 1 to 64 letters, digits, '_' and '-'",
                "tools: backends[0].url must be an https URL, or http on 127.0.0.1, without user, query and fragment",
                "tools: backends[0].headers must be at most 8 headers with their texts, and none that the gateway sets itself",
                "tools: backends[0].signingSecret must be whsec_ and 24 to 64 bytes in base64",
                "tools: backends[0].deadlineSeconds must be a number from 0.5 to 20",
                "tools: backends[0].speakableError must be a sentence of at most 300 characters",
                "tools: backends[0].tools[0].name must be 1 to 64 letters, digits, '_' and '-'",
                "tools: backends[0].tools[0].path must be a path of letters, digits, '_', '-', '~' and '/'",
                "tools: backends[0].tools[0].mayRetry must be true or false",
                "tools: backends[0].tools[0].arguments must be a JSON schema, an object",
                "tools: backends[0].tools[0].answer is no JSON schema",
                "tools: backends[0].tools[0] has a field that is not known: color",
                "tools: backends[0].tools[1].name is missing",
                "tools: backends[0].tools[1].url must be an https URL, or http on 127.0.0.1, without user, query and fragment",
                "tools: backends[0].tools[1].keepArguments must be true or false",
                "tools: backends[0] has a field that is not known: tool",
                "tools: backends[1].url must be an https URL, or http on 127.0.0.1, without user, query and fragment",
                "tools: backends[1].tools must be a list of 1 to 50",
                "tools: the text has a field that is not known: more",
            ],
            errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"backends\":[]}")]
    [InlineData("{\"backends\":[1]}")]
    [InlineData("{\"backends\":[{\"url\":\"\\ud800\"}]}")]
    [InlineData("{\"backends\":[],\"backends\":[]}")]
    public void What_are_no_tools_is_an_error(string json)
    {
        List<string> errors = [];

        Assert.Null(ToolFile.Parse(json, errors, _ => null));
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.StartsWith("tools: ", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_tools_of_one_name_for_one_tenant_are_an_error()
    {
        List<string> errors = [];
        ToolFile.Parse(
            """
            {"backends":[{"url":"https://a.example","tools":[{"name":"book"}]},
              {"url":"https://b.example","tools":[{"name":"book"}]}]}
            """,
            errors,
            _ => null);

        Assert.Equal(["tools: book is there 2 times for every call"], errors);
    }

    [Fact]
    public void A_tool_shows_nothing_of_its_secrets() =>
        Assert.Equal("book", Read("""
            {"backends":[{"url":"https://a.example","headers":{"X-Key":"hunter2"},"tools":[{"name":"book"}]}]}
            """).All[0].ToString());

    private static ToolTable Read(string json)
    {
        List<string> errors = [];
        var table = ToolFile.Parse(json, errors, _ => null);
        Assert.Equal([], errors);
        return table!;
    }
}
