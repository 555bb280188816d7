using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>What came of a recording that was played.</summary>
/// <param name="Calls">A line for each call.</param>
/// <param name="Summary">A line for the whole.</param>
/// <param name="BrokenPromises">What the journal, or what was done to the rooms, shows to be broken.</param>
/// <param name="Unclaimed">What to set where none of its rooms is the gateway's by the settings; <c>null</c> where one is.</param>
internal sealed record PlayedRecording(
    IReadOnlyList<PlayedCallLine> Calls, PlayedSummary Summary, IReadOnlyList<string> BrokenPromises, string? Unclaimed);

/// <summary>
/// Feeds one recording into the gateway, on a clock that follows the recorded times and runs on until every call is done.
/// </summary>
internal sealed class RecordingPlayer
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Effects in the order in which they follow from each other.</summary>
    private static readonly string[] Order = ["dispatch", "remove-surplus", "reconcile", "end", "delete-room"];

    private readonly Recording recording;
    private readonly VirtualTime time;
    private readonly InMemoryCallJournal journal;
    private readonly MemoryEventSink events = new(null);
    private readonly InMemoryLiveKit liveKit;
    private readonly LiveKitEventMapper normalizer;
    private readonly GatewaySettings settings;
    private readonly RecordedOwnership ownership;
    private int accepted;
    private int refused;
    private int duplicates;

    private RecordingPlayer(Recording recording, Func<string, string?> environment)
    {
        this.recording = recording;
        time = new VirtualTime(recording.RecordedAt, TimeSpan.FromDays(3), TimeSpan.FromSeconds(30));
        journal = new InMemoryCallJournal(time.Clock);
        liveKit = new InMemoryLiveKit(time.Clock);
        settings = LocalSettings.ForReplay(recording.Key, environment);
        ownership = new RecordedOwnership(recording, VoiceGateway.ScopeOf(settings));
        liveKit.IsOurs = ownership.IsOurs;
        liveKit.IsOwnAgent = name => name == settings.Routes.Default.Agent.Name;
        var participants = new ParticipantMapper(settings.AgentIdentityPrefix, settings.Numbers);
        normalizer = new LiveKitEventMapper(VoiceGateway.ScopeOf(settings), participants);
    }

    /// <summary>Plays a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="environment">Gives the settings that tell whose rooms and agents they are.</param>
    public static async Task<PlayedRecording> RunAsync(Recording recording, Func<string, string?> environment)
    {
        var player = new RecordingPlayer(recording, environment);
        await player.time.RunAsync(player.PlayAsync);
        return await player.JudgeAsync();
    }

    private async Task PlayAsync()
    {
        var ports = new GatewayPorts(journal, liveKit, events, time.Clock, NullLoggerFactory.Instance);
        using var gateway = new LocalGateway(settings, ports, time.Scheduler);
        var rooms = new RecordedRooms(liveKit);
        foreach (var webhook in recording.Webhooks)
        {
            await time.Delay(recording.RecordedAt + webhook.At - time.Clock.GetUtcNow(), CancellationToken.None);
            rooms.Happened(webhook.Body);
            if (!webhook.IsLost)
            {
                await DeliverAsync(gateway, webhook.Body);
            }
        }

        while (gateway.RunningCalls > 0)
        {
            await time.Delay(Look, CancellationToken.None);
        }
    }

    private async Task DeliverAsync(LocalGateway gateway, byte[] body)
    {
        var now = time.Clock.GetUtcNow();
        var isKnown = normalizer.Map(body, now) is var (callId, callEvent, _)
            && (await journal.ReadAsync(callId, CancellationToken.None)).Events.Any(known => known.Id == callEvent.Id);
        var token = LiveKitWebhookSigner.Sign(recording.Key, body, now);
        var request = new GatewayRequest(
            "POST",
            $"/{GatewayRoutes.LiveKitWebhook.Template}",
            name => name == "Authorization" ? token : name == "Content-Type" ? "application/webhook+json" : null,
            body);
        var response = await gateway.Front.HandleAsync(request, CancellationToken.None);
        accepted += response.Status == 200 ? 1 : 0;
        refused += response.Status == 200 ? 0 : 1;
        duplicates += isKnown ? 1 : 0;
    }

    private async Task<PlayedRecording> JudgeAsync()
    {
        var calls = new List<PlayedCallLine>();
        var broken = new List<string>();
        var states = new List<CallState>();
        await foreach (var callId in journal.ListNewestAsync(CancellationToken.None))
        {
            states.Add(CallState.Of(await journal.ReadAsync(callId, CancellationToken.None)));
        }

        foreach (var state in states.Where(state => state.IsCall).OrderBy(state => state.FirstEventAt))
        {
            calls.Add(LineOf(state));
            var rows = await journal.ReadRowsAsync(state.CallId, CancellationToken.None);
            broken.AddRange(CallAuditor.Audit(state.CallId, rows, settings.Routes, VoiceGateway.ScopeOf(settings)).Promises
                .Where(promise => promise.Answer != ProofAnswer.Yes)
                .Select(promise => $"{state.CallId}: {promise.Name}: {promise.Text}"));
        }

        if (refused > 0)
        {
            broken.Add($"{refused} authentic webhooks were refused");
        }

        broken.AddRange(BelongingPromises.Broken(liveKit.Truths, TimeSpan.Zero));
        return new PlayedRecording(
            calls,
            new PlayedSummary(recording.Name, recording.Webhooks.Count, accepted, refused, duplicates),
            broken,
            ownership.WhatToSet);
    }

    private PlayedCallLine LineOf(CallState state)
    {
        var record = CallDetailRecord.Of(state, new RoomNaming(settings.RoomPrefix));
        return new PlayedCallLine(
            recording.Name,
            record.CallId,
            record.RoomName,
            record.Direction == CallDirection.Inbound ? "inbound" : "outbound",
            record.Status == CallStatus.Failed ? "failed" : record.Status == CallStatus.Ended ? "ended" : "open",
            record.EndCause,
            record.EndedAt is { } ended ? Math.Round((ended - record.CreatedAt).TotalSeconds, 3) : null,
            record.SilenceSeconds,
            state.Dispatches.Count(dispatch => dispatch.Claim.Status != ClaimStatus.GivenUp),
            state.EveryAgent.Count(),
            [.. events.Events.Where(told => told.CallId == record.CallId).Select(told => told.Name)],
            [.. state.Claims.Values.Where(claim => !claim.Key.StartsWith(CallEffect.Publish.ClaimPrefix, StringComparison.Ordinal))
                .OrderBy(claim => claim.At)
                .Select(EffectOf)
                .OrderBy(effect => Array.IndexOf(Order, effect.Effect))]);
    }

    private static PlayedEffect EffectOf(EffectClaim claim)
    {
        var parts = claim.Key.Split(':');
        return new PlayedEffect(
            parts[0], parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var number) ? number : 1, claim.Result);
    }
}
