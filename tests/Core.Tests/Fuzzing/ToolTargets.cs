using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>What an agent sends who uses a tool, and what an operator writes who configures one.</summary>
internal static class ToolTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "tool-request",
            [
                """
                {"callId":"abcdefghijklmnopqrstuvwxyz","fence":"abc","epoch":1,"job":"AJ_b6QfIumAiunW","toolCallId":"call_1",
                 "arguments":{"date":"2026-05-01","name":"🙂","players":[1,2]}}
                """u8.ToArray(),
                """{"callId":"abcdefghijklmnopqrstuvwxyz","fence":"abc","epoch":1,"job":"AJ_1","toolCallId":"a.b-c"}"""u8.ToArray(),
                "{}"u8.ToArray(),
            ],
            ["\"", "{", "}", "[", "]", ":", ",", "null", "\"arguments\":{", "\"toolCallId\":\"", "\\ud83d", "\\u0000", "1e999", "\n"],
            CheckRequest),
        new(
            "tool-file",
            [
                """
                {"backends":[{"tenant":"golf","url":"https://golf.example/api","headers":{"X-Key":"k"},"deadlineSeconds":2.5,
                  "tools":[{"name":"book","path":"a/b","mayRetry":true,"arguments":{"type":"object"},"speakableError":"Sorry."}]}]}
                """u8.ToArray(),
                """{"backends":[{"url":"http://127.0.0.1:1","tools":[{"name":"a","url":"https://b.example"}]}]}"""u8.ToArray(),
            ],
            ["\"", "{", "}", "[", "]", ":", ",", "null", "\\ud83d", "1e999", "https://", "http://[::1]", "@", "?", "whsec_", "..", "%2e"],
            CheckFile) { BytesPerByte = 2_000 },
    ];

    private static string CheckRequest(byte[] body)
    {
        var ask = ToolAsk.Parse(body, out var error);
        Assert.Equal(ask is null, error.Length > 0);
        if (ask is null)
        {
            return error;
        }

        Assert.Matches(@"^[A-Za-z0-9._-]{1,64}\z", ask.ToolCall);
        Assert.Equal(JsonValueKind.Object, ask.Arguments.ValueKind);
        Assert.InRange(Encoding.UTF8.GetByteCount(ask.Arguments.GetRawText()), 2, ToolAsk.MaxArgumentBytes);
        Assert.Equal(4, ask.Mark.Length);
        return $"{ask.Arguments.GetPropertyCount() == 0}";
    }

    private static string CheckFile(byte[] text)
    {
        List<string> errors = [];
        var tools = ToolFile.Parse(Encoding.UTF8.GetString(text), errors, _ => null);
        Assert.Equal(tools is null, errors.Count > 0);
        foreach (var tool in tools?.All ?? [])
        {
            Assert.True(tool.Url.Scheme == Uri.UriSchemeHttps || tool.Url.IsLoopback, "a URL that is not safe");
            Assert.Equal(("", "", ""), (tool.Url.UserInfo, tool.Url.Query, tool.Url.Fragment));
            Assert.InRange(tool.Deadline.TotalSeconds, 0.5, 20);
        }

        return tools is null ? errors[0].Length > 60 ? errors[0][..60] : errors[0] : $"{tools.All.Count}";
    }
}
