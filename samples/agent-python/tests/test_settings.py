import unittest
from pathlib import Path

from settings import Settings, SettingsError, read_settings

GOOD = {
    "LIVEKIT_URL": "wss://a.livekit.cloud",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "secret",
    "GATEWAY_URL": "https://voice.example.com/",
}


def complaint(environment: dict[str, str]) -> list[str]:
    try:
        read_settings(environment)
    except SettingsError as wrong:
        return str(wrong).split("\n")
    return []


class Reading(unittest.TestCase):
    def test_everything_that_is_missing_is_named_at_once_with_what_to_do(self) -> None:
        self.assertEqual(
            complaint({"AGENT_AI": "openai", "LIVEKIT_API_KEY": " "}),
            [
                "LIVEKIT_URL or LIVEKIT_HOST is missing: the URL of your LiveKit project, "
                "such as wss://NAME.livekit.cloud",
                "LIVEKIT_API_KEY is missing: a key of the project, from LiveKit's settings page",
                "LIVEKIT_API_SECRET is missing: the secret that belongs to the key",
                "GATEWAY_URL or PUBLIC_URL is missing: where the gateway answers, such as http://127.0.0.1:7071",
                "OPENAI_API_KEY is missing: AGENT_AI=openai needs a key of OpenAI",
            ],
        )

    def test_what_is_no_url_and_an_ai_that_nobody_knows_are_named(self) -> None:
        self.assertEqual(
            complaint({**GOOD, "LIVEKIT_URL": "a.livekit.cloud", "GATEWAY_URL": "ftp://x", "AGENT_AI": "mine"}),
            [
                "AGENT_AI must be openai, livekit or none",
                "LIVEKIT_URL must begin with wss:// or ws:// or https:// or http://",
                "GATEWAY_URL must begin with https:// or http://",
            ],
        )

    def test_the_gateways_own_settings_are_enough_and_it_speaks_without_ai(self) -> None:
        own = {
            "LIVEKIT_HOST": "https://a.livekit.cloud",
            "PUBLIC_URL": GOOD["GATEWAY_URL"],
            "LIVEKIT_API_KEY": "key",
            "LIVEKIT_API_SECRET": "secret",
        }

        self.assertEqual(
            read_settings(own),
            Settings(
                live_kit_url="wss://a.livekit.cloud",
                api_key="key",
                api_secret="secret",
                gateway_url="https://voice.example.com",
                agent_name="voice-agent",
                queue="support",
                tools_file=None,
                ai=None,
            ),
        )

    def test_a_relative_tools_file_is_meant_from_the_root_of_the_repository_as_for_run_sh(self) -> None:
        self.assertTrue(
            Path(read_settings({**GOOD, "TOOLS_FILE": "samples/golf-tools.json"}).tools_file or "").is_file()
        )

    def test_a_key_of_openai_switches_it_on_and_agent_ai_decides(self) -> None:
        self.assertEqual(read_settings({**GOOD, "OPENAI_API_KEY": "sk"}).ai, "openai")
        self.assertIsNone(read_settings({**GOOD, "OPENAI_API_KEY": "sk", "AGENT_AI": "none"}).ai)
        self.assertEqual(read_settings({**GOOD, "AGENT_AI": "livekit"}).ai, "livekit")
