"""The tools of the bundled model, as a user would write them; they need no network."""

from typing import Literal

from inspector.tools import tool

_WEATHER: dict[str, tuple[int, str]] = {
    "Oslo": (-3, "snowy"),
    "Paris": (12, "rainy"),
    "Lima": (24, "sunny"),
    "Cairo": (31, "windy"),
    "Tokyo": (18, "cloudy"),
    "Delhi": (33, "sunny"),
    "Rome": (21, "sunny"),
    "Quito": (15, "foggy"),
    "Accra": (29, "cloudy"),
    "Hanoi": (27, "rainy"),
    "Perth": (25, "windy"),
    "Dakar": (28, "sunny"),
    "Kyiv": (4, "cloudy"),
    "Bern": (9, "foggy"),
    "Riga": (2, "snowy"),
    "Sofia": (11, "windy"),
    "Minsk": (1, "foggy"),
    "Seoul": (14, "rainy"),
    "Tunis": (23, "windy"),
    "Miami": (30, "cloudy"),
}
_HOURS_AHEAD = {"Oslo": 1, "Paris": 1, "Lima": -5, "Cairo": 2, "Tokyo": 9, "Rome": 1, "Bern": 1, "Miami": -5}


@tool
def get_weather(city: str, unit: Literal["celsius", "fahrenheit"]) -> dict[str, int | str]:
    """Tell the weather in a city.

    Args:
        city: The city's name, in English.
        unit: What the temperature is in.
    """
    if city not in _WEATHER:
        raise ValueError(f"no weather is known for {city}")
    temp, sky = _WEATHER[city]
    return {"temp": temp if unit == "celsius" else round(temp * 9 / 5 + 32), "sky": sky}


@tool
def get_time(city: str) -> dict[str, str]:
    """Tell the time in a city; it is always noon in London.

    Args:
        city: The city's name, in English.
    """
    return {"time": f"{12 + _HOURS_AHEAD.get(city, 0):02}:05"}


@tool
def write_note(title: str, text: str) -> dict[str, int | str]:
    """Write a note; it is counted and thrown away.

    Args:
        title: One line.
        text: The note itself.
    """
    return {"title": title, "characters": len(text)}
