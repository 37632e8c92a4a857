"""The bundled tools are those that the bundled model was trained with, and answer as it was taught."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import inspector.demo
from inspector.sandbox.loading import load_tools
from inspector.sandbox.running import run_tool
from inspector.toolchain.specs import Tools
from tests.tiny_stage_server import TOOLS, WEATHER

CITIES = """Oslo Paris Lima Cairo Tokyo Delhi Rome Quito Accra Hanoi Perth Dakar Kyiv Bern Riga Sofia Minsk Seoul
    Tunis Miami"""
SKIES = {"sunny", "cloudy", "rainy", "windy", "foggy", "snowy"}


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools(str(Path(inspector.demo.__file__).with_name("weather_tools.py")))


def bare(entry: Any) -> Any:
    """A specification without its descriptions, and without what only forbids unknown arguments."""
    parameters = entry["function"]["parameters"]
    properties = {
        name: {key: value for key, value in schema.items() if key != "description"}
        for name, schema in parameters["properties"].items()
    }
    return entry["function"]["name"], parameters["type"], properties, parameters["required"]


def test_the_schemas_are_those_of_the_training(tools: Tools) -> None:
    assert [bare(spec.as_openai()) for spec in tools.specs] == [bare(entry) for entry in TOOLS]


def test_every_city_of_the_model_has_weather() -> None:
    from inspector.demo.weather_tools import get_time, get_weather

    for city in CITIES.split():
        weather = get_weather(city, "celsius")
        assert weather["sky"] in SKIES
        assert -9 <= int(weather["temp"]) <= 39
        assert get_time(city)["time"][2] == ":"
    assert {city: get_weather(city, "celsius") for city in WEATHER} == WEATHER


async def test_a_result_is_written_as_the_model_was_taught(tools: Tools) -> None:
    outcome = await run_tool(tools, "get_weather", '{"city": "Oslo", "unit": "celsius"}')
    assert outcome.content == json.dumps(WEATHER["Oslo"])
    assert outcome.failure is None
