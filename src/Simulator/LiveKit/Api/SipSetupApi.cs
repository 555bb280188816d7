using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.LiveKit.Wire;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>The API's methods for trunks and dispatch rules, with the answers and refusals that were recorded.</summary>
internal sealed class SipSetupApi(SipService sip, Chance chance, string outboundTrunkId, string outboundNumber)
{
    public void AddTo(Dictionary<string, TwirpMethod> methods)
    {
        methods.Add("SIP/ListSIPInboundTrunk", Method(_ => List(sip.Trunks, Trunk)));
        methods.Add("SIP/ListSIPOutboundTrunk", Method(_ => List([outboundTrunkId], OutboundTrunk)));
        methods.Add("SIP/ListSIPDispatchRule", Method(_ => List([.. Rules()], Rule)));
        methods.Add("SIP/CreateSIPInboundTrunk", Method(CreateTrunk));
        methods.Add("SIP/CreateSIPDispatchRule", Method(CreateRule));
    }

    private static TwirpMethod Method(Func<TwirpRequest, TwirpReply> method) =>
        new((grants, _) => grants.SipAdmin, request => Task.FromResult(method(request)));

    private static TwirpReply List<T>(IReadOnlyCollection<T> items, Action<ProtoWriter, T> write) =>
        TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json => json.Messages("items", items, item => write(json, item))));

    /// <summary>Each rule with its trunks; a trunk of a simulation has at most one.</summary>
    private IEnumerable<(SipDispatchRule Rule, string[] Trunks)> Rules() =>
        sip.Trunks.Where(trunk => trunk.Rule is not SipDispatchRule.None)
            .GroupBy(trunk => trunk.Rule.Id, StringComparer.Ordinal)
            .Select(trunks => (trunks.First().Rule, trunks.Select(trunk => trunk.Id).ToArray()));

    private TwirpReply CreateTrunk(TwirpRequest request)
    {
        if (request.Message("trunk") is not { } asked)
        {
            return Refused("missing trunk");
        }

        var (username, password, numbers) = (asked.String("auth_username"), asked.String("auth_password"), asked.Strings("numbers"));
        if (numbers.Count == 0 && (username.Length == 0 || password.Length == 0) && asked.Strings("allowed_addresses").Count == 0)
        {
            return Refused(
                "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers");
        }

        bool Conflicts(SipTrunk trunk) => trunk.Numbers.Count == 0 ? numbers.Count == 0 : trunk.Numbers.Any(numbers.Contains);
        if (sip.Trunks.FirstOrDefault(Conflicts) is { } other)
        {
            return Refused(
                $"Conflicting inbound SIP Trunks: \"<new>\" and \"{other.Id}\", using the same number(s) without AllowedNumbers set");
        }

        var made = new SipTrunk(chance.Id("ST_"), SipDispatchRule.None.Rule)
        {
            Numbers = numbers,
            Username = username.Length > 0 ? username : null,
            Password = password.Length > 0 ? password : null,
        };
        sip.Trunks = [.. sip.Trunks, made];
        return TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json => Trunk(json, made)));
    }

    private TwirpReply CreateRule(TwirpRequest request)
    {
        var asked = request.Message("dispatch_rule") ?? request;
        if (asked.Message("rule")?.Message("dispatch_rule_callee") is not { } callee)
        {
            return Refused("missing rule");
        }

        var trunks = asked.Strings("trunk_ids");
        if (sip.Trunks.FirstOrDefault(trunk => trunks.Contains(trunk.Id) && trunk.Rule is not SipDispatchRule.None) is { } taken)
        {
            return Refused(
                "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule "
                    + $"\"{taken.Rule.Id}\"");
        }

        var made = new SipDispatchRule.Callee(chance.Id("SDR_"), callee.String("room_prefix")) { Randomizes = callee.Bool("randomize") };
        sip.Trunks = [.. sip.Trunks.Select(trunk => trunks.Contains(trunk.Id) ? trunk with { Rule = made } : trunk)];
        return TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json => Rule(json, (made, [.. trunks]))));
    }

    private static TwirpReply Refused(string message) => TwirpReply.Error(400, "invalid_argument", message);

    private static void Trunk(ProtoWriter json, SipTrunk trunk)
    {
        json.String("sip_trunk_id", trunk.Id);
        json.String("name", "");
        json.String("metadata", "");
        json.Strings("numbers", [.. trunk.Numbers]);
        json.Strings("allowed_addresses", []);
        json.Strings("allowed_numbers", []);
        json.String("auth_username", trunk.Username ?? "");
        json.String("auth_password", trunk.Password ?? "");
        json.String("auth_realm", "");
        json.Map("headers", LiveKitAttributes.None);
        json.Map("headers_to_attributes", LiveKitAttributes.None);
        json.Map("attributes_to_headers", LiveKitAttributes.None);
        json.Enum("include_headers", "SIP_X_HEADERS", "SIP_NO_HEADERS");
        json.Nothing("ringing_timeout");
        json.Nothing("max_call_duration");
        json.Bool("krisp_enabled", false);
        json.Enum("media_encryption", "SIP_MEDIA_ENCRYPT_DISABLE", "SIP_MEDIA_ENCRYPT_DISABLE");
        json.Nothing("media");
        json.Nothing("created_at");
        json.Nothing("updated_at");
    }

    private void OutboundTrunk(ProtoWriter json, string id)
    {
        json.String("sip_trunk_id", id);
        json.String("name", "");
        json.String("metadata", "");
        json.String("address", "");
        json.String("destination_country", "");
        json.Enum("transport", "SIP_TRANSPORT_AUTO", "SIP_TRANSPORT_AUTO");
        json.Strings("numbers", [outboundNumber]);
    }

    private static void Rule(ProtoWriter json, (SipDispatchRule Rule, string[] Trunks) dispatch)
    {
        var (rule, trunks) = dispatch;
        json.String("sip_dispatch_rule_id", rule.Id);
        json.Message("rule", () => Kind(json, rule));
        json.Strings("trunk_ids", trunks);
        json.Bool("hide_phone_number", false);
        json.Strings("inbound_numbers", []);
        json.Strings("numbers", []);
        json.String("name", "");
        json.String("metadata", rule.Metadata);
        json.Map("attributes", rule.Attributes);
        json.String("room_preset", "");
        if (rule.Agents.Count == 0)
        {
            json.Nothing("room_config");
        }
        else
        {
            json.Message("room_config", () => json.Messages("agents", rule.Agents, agent => json.String("agent_name", agent)));
        }

        json.Nothing("media");
        json.Bool("krisp_enabled", false);
        json.Enum("media_encryption", "SIP_MEDIA_ENCRYPT_DISABLE", "SIP_MEDIA_ENCRYPT_DISABLE");
        json.Nothing("created_at");
        json.Nothing("updated_at");
    }

    private static void Kind(ProtoWriter json, SipDispatchRule rule)
    {
        switch (rule)
        {
            case SipDispatchRule.Direct(_, var room):
                json.Message("dispatch_rule_direct", () =>
                {
                    json.String("room_name", room);
                    json.String("pin", "");
                });
                break;
            case SipDispatchRule.Individual:
                json.Message("dispatch_rule_individual", () =>
                {
                    json.String("room_prefix", rule.RoomPrefix);
                    json.String("pin", "");
                    json.Bool("no_randomness", false);
                });
                break;
            case SipDispatchRule.Callee { Randomizes: var randomizes }:
                json.Message("dispatch_rule_callee", () =>
                {
                    json.String("room_prefix", rule.RoomPrefix);
                    json.String("pin", "");
                    json.Bool("randomize", randomizes);
                });
                break;
            default:
                break;
        }
    }
}
