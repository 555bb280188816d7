using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>Where events go, as the settings say it: everything that is wrong is named, and no secret is.</summary>
public sealed class EventSettingsTests
{
    private const string Secret = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    [Fact]
    public void Webhooks_are_read_with_their_tenants()
    {
        var (settings, errors) = Read((SettingNames.EventWebhooks, $$"""
            [{"name":"crm","url":"https://crm.example.com/events","secret":"{{Secret}}","tenant":"acme"},
             {"name":"here","url":"http://127.0.0.1:9000/","secret":"{{Secret}}"}]
            """));

        Assert.Empty(errors);
        Assert.Equal([("crm", "acme"), ("here", null)], settings.Webhooks.Select(webhook => (webhook.Name, webhook.Tenant)));
        Assert.DoesNotContain(Secret, $"{settings.Webhooks[0]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"UPPER","url":"https://x.example","secret":"SECRET"}]""", "[0].name")]
    [InlineData("""[{"name":"redis","url":"https://x.example","secret":"SECRET"}]""", "[0].name")]
    [InlineData("""[{"name":"a","url":"http://x.example","secret":"SECRET"}]""", "[0].url")]
    [InlineData("""[{"name":"a","url":"https://u:p@x.example","secret":"SECRET"}]""", "[0].url")]
    [InlineData("""[{"name":"a","url":"https://x.example","secret":"whsec_short"}]""", "[0].secret")]
    [InlineData("""[{"name":"a","url":"https://x.example","secret":"SECRET","tenant":"a b"}]""", "[0].tenant")]
    [InlineData("""[{"name":"a","url":"https://x.example","secret":"SECRET"},null]""", "[1].name")]
    [InlineData("""[{"name":"a","url":"https://x.example","secret":"SECRET","retries":3}]""", "is not readable")]
    [InlineData("nonsense", "is not readable")]
    public void A_wrong_webhook_is_named(string json, string named)
    {
        var (_, errors) = Read((SettingNames.EventWebhooks, json.Replace("SECRET", Secret, StringComparison.Ordinal)));

        Assert.Contains(errors, error => error.Contains(named, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.DoesNotContain(Secret, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_webhooks_do_not_have_one_name()
    {
        var one = $$"""{"name":"a","url":"https://x.example","secret":"{{Secret}}"}""";

        var (_, errors) = Read((SettingNames.EventWebhooks, $"[{one},{one}]"));

        Assert.Contains("[1].name is the name of another", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SettingNames.EventGridKey, "key", "EVENT_GRID_ENDPOINT")]
    [InlineData(SettingNames.EventGridEndpoint, "http://topic.example.com", "EVENT_GRID_ENDPOINT")]
    [InlineData(SettingNames.EventServiceBus, "bus.servicebus.windows.net", "EVENT_SERVICE_BUS_QUEUE")]
    [InlineData(SettingNames.EventServiceBusQueue, "calls", "EVENT_SERVICE_BUS")]
    public void Half_a_destination_is_named(string name, string value, string named)
    {
        var (_, errors) = Read((name, value));

        Assert.Contains(named, Assert.Single(errors), StringComparison.Ordinal);
    }

    private static (EventSettings Settings, List<string> Errors) Read(params (string Name, string Value)[] values)
    {
        var errors = new List<string>();
        var given = values.ToDictionary(value => value.Name, value => value.Value);
        return (new EventSettingsReader(name => given.GetValueOrDefault(name), errors).Read(false, TimeSpan.FromHours(24)), errors);
    }
}
