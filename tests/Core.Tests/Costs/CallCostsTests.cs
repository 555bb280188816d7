using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Costs;

public sealed class CallCostsTests
{
    /// <summary>A call of Twilio's: announced at 0 s, in the room at 1 s, an agent heard at 3 s, over at 63 s, deleted at 73 s.</summary>
    private static readonly object[] Plain =
    [
        Arrived(0), Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(3), Left(63), Dial(63, 60), Leg(63, 60, isCaller: false),
        Leg(64, 61, isCaller: true), Ended(63), Left(73, Agent()), Finished(73), Deleted(73),
    ];

    [Fact]
    public async Task Three_witnesses_of_a_plain_call_stand_side_by_side_and_agree()
    {
        var sheet = await SheetAsync(Plain);

        Assert.Equal(
            [new("twilio", 61, 60), new("livekit", 62, 60), new WitnessTime("gateway", 63, 60)], sheet.Durations);
        Assert.Empty(sheet.Disagreements);
        Assert.True(sheet.IsFinal);
    }

    [Fact]
    public async Task Every_use_is_billed_as_whole_minutes_of_its_own()
    {
        var sheet = await SheetAsync(Plain);

        Assert.Equal(
            [
                (PriceName.TwilioInbound, 2, 17_000L, false), // 61 s
                (PriceName.TwilioSip, 1, 4_000L, false), // 60 s
                (PriceName.LiveKitAgent, 2, 20_000L, false), // 71 s
                (PriceName.LiveKitSip, 2, 8_000L, false), // 62 s
            ],
            sheet.Lines.Take(4).Select(line => (line.Price, line.Quantity, line.MicroDollars!.Value, line.IsDerived)));
        Assert.Equal(sheet.Lines.Sum(line => line.MicroDollars ?? 0), sheet.MicroDollars);
        Assert.Equal(sheet.Lines.Select(line => line.Price), sheet.Prices.Select(price => price.Name));
    }

    [Fact]
    public async Task What_was_paid_for_and_served_nobody_is_told()
    {
        var sheet = await SheetAsync(Plain);

        Assert.Equal(
            [
                ("silence", 2, null), ("surplus_agents", 0, 0L), ("agents_alone", 10, 1_667L), ("ghost_room", 10, null),
                ("redials", 0, null), ("agents_sent_again", 0, null),

                // 59 s at 8,500, none at 4,000, 49 s at 10,000 and 58 s at 4,000 a minute.
                ("rounding", 59 + 49 + 58, 8_358L + 8_167L + 3_867L),
            ],
            sheet.Waste.Select(waste => (waste.Name, waste.Quantity, waste.MicroDollars)));
    }

    [Fact]
    public async Task A_room_that_outlives_its_call_by_an_hour_is_a_ghost_and_so_is_a_caller_who_never_left_it()
    {
        object[] ghost =
        [
            Arrived(0), Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(3), Dial(217, 214), Leg(217, 216, isCaller: true), Ended(217),
            Finished(3900), Deleted(3900),
        ];

        var sheet = await SheetAsync(ghost);

        Assert.Equal([new("twilio", 216, 214), new("livekit", 3899, 3897), new WitnessTime("gateway", 217, 214)], sheet.Durations);
        Assert.Equal(
            [("twilio_livekit", 3683d), ("livekit_gateway", 3683), ("ghost_room", 3683)],
            sheet.Disagreements.Select(one => (one.Name, one.Seconds)));
        Assert.Contains("lasted 214 s, LiveKit's leg of the caller 3897 s", sheet.Disagreements[0].Text, StringComparison.Ordinal);
        var waste = sheet.Waste.Single(one => one.Name == "ghost_room");
        Assert.Equal(3683, waste.Quantity);
        Assert.Contains("62 ghost-room minutes", waste.Text, StringComparison.Ordinal);
        Assert.Equal(65, sheet.Lines.Single(line => line.Price == PriceName.LiveKitSip).Quantity);
    }

    [Fact]
    public async Task Where_Twilio_has_not_told_how_long_its_legs_lasted_their_minutes_are_derived()
    {
        var sheet = await SheetAsync([.. Plain.Where(one => one is not CallEvent { Fact: CallFact.DialEnded or CallFact.TwilioLegEnded })]);

        Assert.Equal(new WitnessTime("twilio", null, null), sheet.Durations[0]);
        Assert.Equal(["twilio_unknown"], sheet.Disagreements.Select(one => one.Name));
        Assert.Equal(
            [(PriceName.TwilioInbound, 1, true), (PriceName.TwilioSip, 1, true)],
            sheet.Lines.Take(2).Select(line => (line.Price, line.Quantity, line.IsDerived)));
    }

    [Fact]
    public async Task Where_LiveKit_told_of_no_caller_Twilios_word_stands_alone()
    {
        var sheet = await SheetAsync([Arrived(0), Dial(63, 60), Leg(64, 61, isCaller: true), Ended(63)]);

        Assert.Equal(new WitnessTime("livekit", null, null), sheet.Durations[1]);
        Assert.Equal(["livekit_unknown"], sheet.Disagreements.Select(one => one.Name));
    }

    [Fact]
    public async Task A_caller_who_never_heard_anybody_was_connected_for_no_time_and_Twilio_says_the_same()
    {
        var sheet = await SheetAsync(
        [
            Arrived(0), Joined(1), Dispatched(1.2), Left(26), Dial(26, 0, "no-answer"), Leg(30, 0, isCaller: true), Ended(26), Deleted(36),
        ]);

        Assert.Equal([0, 0, 0], sheet.Durations.Select(time => time.TalkSeconds));
        Assert.Empty(sheet.Disagreements);
        Assert.Equal(25, sheet.Waste.Single(waste => waste.Name == "silence").Quantity);
        Assert.DoesNotContain(sheet.Lines, line => line.Price is PriceName.TwilioInbound or PriceName.TwilioSip);
    }

    [Fact]
    public async Task The_phones_of_humans_that_Twilio_dialled_are_billed_each_for_itself_and_have_no_price_here()
    {
        var sheet = await SheetAsync(
            [.. Plain, Human(90, 0, 20, "declined"), Human(160, 1, 61, CallFact.HumanDialEnded.Served), Human(170, 2, 0, "busy")]);

        var line = sheet.Lines.Single(line => line.Price == PriceName.TwilioOutbound);
        Assert.Equal((3, null), (line.Quantity, line.MicroDollars));
        Assert.Contains(PriceName.TwilioOutbound, sheet.Unpriced);
    }

    [Fact]
    public async Task Two_agents_at_a_time_are_told_apart_from_one_after_the_other()
    {
        var sheet = await SheetAsync(
        [
            Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(3), Joined(10, Agent("PA_2")), Left(14, Agent("PA_2")), Left(20, Agent()),
            Joined(25, Agent("PA_3")), Audio(26, Agent("PA_3")), Left(60), Ended(60), Left(70, Agent("PA_3")), Deleted(70),
        ]);

        Assert.Equal(4, sheet.Waste.Single(waste => waste.Name == "surplus_agents").Quantity);
        Assert.Equal(10, sheet.Waste.Single(waste => waste.Name == "agents_alone").Quantity);
    }

    [Fact]
    public async Task A_human_who_talks_on_in_the_room_is_no_ghost()
    {
        var colleague = Other(LegRole.DialledOut) with { SipCallStatus = "active" };
        var sheet = await SheetAsync(
        [
            Joined(1), Joined(2, Agent()), Audio(3), Joined(10, colleague), Left(60), Ended(60), Left(300, colleague), Left(61, Agent()),
            Finished(305),
        ]);

        Assert.Equal(5, sheet.Waste.Single(waste => waste.Name == "ghost_room").Quantity);
        Assert.DoesNotContain(sheet.Disagreements, one => one.Name == "ghost_room");
    }

    [Fact]
    public async Task A_call_that_goes_on_is_counted_until_now_and_nobody_disagrees_yet()
    {
        var sheet = await SheetAsync([Arrived(0), Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(3)], now: 123);

        Assert.Equal([new("twilio", null, null), new("livekit", 122, 120), new WitnessTime("gateway", 123, 120)], sheet.Durations);
        Assert.Empty(sheet.Disagreements);
        Assert.False(sheet.IsFinal);
        Assert.Equal(3, sheet.Lines.Single(line => line.Price == PriceName.LiveKitAgent).Quantity);
    }

    [Fact]
    public async Task What_the_gateway_did_is_counted_from_its_rows()
    {
        var history = await WrittenHistory.GoodAsync();

        var sheet = CallCosts.Of(Call, await history.RowsAsync(), PriceList.Shipped, WrittenHistory.Routes, At(3600))!;

        var rows = await history.RowsAsync();
        long Count(string name) => sheet.Work.Single(work => work.Name == name).Count;
        Assert.Equal(5, Count("journal_appends"));
        Assert.Equal(rows.Count(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal)), Count("journal_commits"));
        Assert.Equal(3, Count("activities")); // Two looks, and one for the only step that says what was decided.
        Assert.Equal(
            ["activities", "orchestrator_runs", "executions", "journal_reads", "journal_requests", "hub_requests"],
            sheet.Work.Where(work => !work.IsCounted).Select(work => work.Name));
    }

    [Fact]
    public void Rows_of_no_call_and_rows_that_no_gateway_writes_have_no_sheet()
    {
        Assert.Null(CallCosts.Of(Call, [], PriceList.Shipped, WrittenHistory.Routes, At(0)));
        Assert.Null(CallCosts.Of(
            Call,
            [new StoredRow("e:EV_1", new Dictionary<string, string>
            {
                ["data"] = """{"id":"EV_1","at":"2026-11-21T12:00:00+00:00","fact":{"fact":"leg_joined","leg":null},"inferred":false}""",
            })],
            PriceList.Shipped,
            WrittenHistory.Routes,
            At(0)));
    }

    private static CallEvent Dial(double at, int seconds, string status = "completed") =>
        Event(at, new CallFact.DialEnded(status, null, false) { Seconds = seconds });

    private static CallEvent Leg(double at, int seconds, bool isCaller) =>
        Event(at, new CallFact.TwilioLegEnded("completed", isCaller) { Seconds = seconds });

    private static CallEvent Human(double at, int human, int seconds, string status) =>
        Event(at, new CallFact.HumanDialEnded(human, status) { Seconds = seconds });

    private static async Task<CostSheet> SheetAsync(object[] history, double now = 7200)
    {
        var written = await new WrittenHistory().SeenAsync([.. history.OfType<CallEvent>()]);
        foreach (var claim in history.OfType<EffectClaim>())
        {
            await written.StepAsync((claim.At - Noon).TotalSeconds, [claim]);
        }

        var isOver = history.OfType<EffectClaim>().Any(claim => claim.Key == CallEffect.EndCall.ClaimKey);
        var rows = await (isOver ? await written.ClosedAsync() : written).RowsAsync();
        return CallCosts.Of(Call, rows, PriceList.Shipped, WrittenHistory.Routes, At(now))!;
    }
}
