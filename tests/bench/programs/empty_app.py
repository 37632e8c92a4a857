"""A Textual app with nothing in it: what the first screen of any costs."""

from textual.app import App

App[None]().run()
