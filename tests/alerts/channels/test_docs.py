"""docs/channels.md says what there is."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from alerts.channels.registry import ChannelSettings

DOC = (Path(__file__).parents[3] / "docs" / "channels.md").read_text(encoding="utf-8")


def test_every_channel_has_its_row_and_there_is_no_other():
    rows = re.findall(r"^\| `(\w+)`", DOC, flags=re.MULTILINE)
    assert set(rows) == {"email", *ChannelSettings.model_fields}


def test_the_example_is_valid():
    (example,) = re.findall(r"```yaml\n(.*?)```", DOC, flags=re.DOTALL)
    settings = ChannelSettings.model_validate(YAML(typ="safe").load(example)["channels"])
    assert settings.sms is not None
