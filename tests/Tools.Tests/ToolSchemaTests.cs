using System.Text.Json;

namespace VoiceFunctions.Tools;

public sealed class ToolSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}""")]
    [InlineData("{}")]
    public void A_schema_is_taken(string schema) => Assert.Null(ToolSchema.FaultOf(JsonElement.Parse(schema)));

    [Theory]
    [InlineData("""{"type":"objekt"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"required":"a"}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"$ref":"https://schemas.example/elsewhere.json"}""")]
    [InlineData("""{"$ref":"#/$defs/missing"}""")]
    [InlineData("""{"pattern":"("}""")]
    public void What_is_no_schema_is_named_at_the_start(string schema) =>
        Assert.NotNull(ToolSchema.FaultOf(JsonElement.Parse(schema)));

    [Fact]
    public void A_fault_names_places_and_keywords_and_nothing_of_the_value()
    {
        var schema = ToolSchema.Read(JsonElement.Parse(
            """{"type":"object","required":["a"],"additionalProperties":false,"properties":{"phone":{"type":"integer"}}}"""));

        var fault = schema.FaultOf(JsonElement.Parse("""{"phone":"+1555 hunter2","another":1}"""), "arguments")!;

        Assert.Contains("arguments/phone (type)", fault, StringComparison.Ordinal);
        Assert.Contains("arguments (required)", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_schemas_with_one_id_are_no_neighbours()
    {
        var text = ToolSchema.Read(JsonElement.Parse("""{"$id":"https://golf.example/a","type":"string"}"""));
        var number = ToolSchema.Read(JsonElement.Parse("""{"$id":"https://golf.example/a","type":"number"}"""));

        Assert.Null(text.FaultOf(JsonElement.Parse("\"x\""), "answer"));
        Assert.NotNull(number.FaultOf(JsonElement.Parse("\"x\""), "answer"));
    }
}
